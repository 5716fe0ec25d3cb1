import type { Span } from '@opentelemetry/api';
import { cleanText, cleanUrl, type OperationSpan, setCleanAttribute, setCleanAttributes } from '@otel-monitor/runtime';
import { ATTR_HTTP_REQUEST_METHOD_ORIGINAL, ATTR_URL_PATH, ATTR_URL_QUERY } from '@otel-monitor/semconv';
import { KeptText } from '../kept-text.js';
import { knownMethod } from '../method-name.js';
import { redactQuery } from '../redact-query.js';
import { connectionAttributes } from './connection-attributes.js';
import type { RequestFacts } from './request-facts.js';
import { splitTarget } from './request-target.js';

const paths = new KeptText(cleanUrl);
const queries = new KeptText(redactQuery);

/**
 * Says on a recording span what is told of one request alone (semantic conventions, HTTP server spans).
 *
 * @param own the span, where it is one of ours
 */
export function describeRequest(span: Span, own: OperationSpan | undefined, facts: RequestFacts): void {
  const { attributes, isShared } = connectionAttributes(facts);
  if (own !== undefined && isShared) own.share(attributes);
  else setCleanAttributes(span, attributes);
  const { method } = facts;
  const { path, query } = splitTarget(facts.target);
  if (path !== undefined) setCleanAttribute(span, ATTR_URL_PATH, paths.get(path));
  if (query !== undefined) setCleanAttribute(span, ATTR_URL_QUERY, queries.get(query));
  if (knownMethod(method) !== method) setCleanAttribute(span, ATTR_HTTP_REQUEST_METHOD_ORIGINAL, cleanText(method, 64));
}
