/**
 * Keys that are known not to be secret, and are looked up before a pattern is tried: the attributes of the semantic
 * conventions and of this project, and the fields that loggers write.
 */
import * as conventions from '@opentelemetry/semantic-conventions';
import { isSecret, KeyMatcher } from '../../packages/redaction/dist/keys/key-matcher.js';
import * as ours from '../../packages/semconv/dist/index.js';

const FOREIGN = /^(?:aspnetcore|dotnet|jvm|signalr)\./;
const LOG_FIELDS = 'level time timestamp msg message pid hostname name stack trace_id span_id trace_flags';
const keys = new KeyMatcher([], []);

/** @param {Readonly<Record<string, unknown>>} module */
const attributes = (module) =>
  Object.entries(module).flatMap(([name, value]) =>
    name.startsWith('ATTR_') && typeof value === 'string' ? [value] : [],
  );

export const knownKeys = [...new Set([...attributes(conventions), ...attributes(ours), ...LOG_FIELDS.split(' ')])]
  .filter((key) => !FOREIGN.test(key) && !isSecret(keys.tellOf(key)))
  .sort();
