import { cleanUrl } from '@otel-monitor/runtime';
import { KeptText } from '../kept-text.js';
import { redactQuery } from '../redact-query.js';
import { type CallFacts, defaultPort } from './call-facts.js';

const paths = new KeptText(cleanUrl);
const addresses = new KeptText();
const queries = new KeptText(redactQuery);

/** `url.full`: without user and password, and with the values of secret parameters `REDACTED`. Total on any text. */
export function fullUrl({ scheme, address, port, target }: CallFacts): string {
  const origin = `${scheme}://${addresses.get(address)}${port === defaultPort(scheme) ? '' : `:${port}`}`;
  const fragment = target.indexOf('#');
  const sent = fragment < 0 ? target : target.slice(0, fragment);
  const query = sent.indexOf('?');
  if (query < 0) return origin + paths.get(sent);
  return `${origin}${paths.get(sent.slice(0, query))}?${queries.get(sent.slice(query + 1))}`;
}
