import { cleanText, runtimeState } from '@otel-monitor/runtime';

/** What the conventions have in the place of a secret value in a URL. */
const REDACTED = 'REDACTED';
/** Query parameters that are credentials by themselves (semantic conventions, `url.query`). */
const CREDENTIALS = new Set(['AWSAccessKeyId', 'Signature', 'sig', 'X-Goog-Signature']);
/** What is longer is cut before it is looked at. */
const MAX_QUERY = 2048;

/** A query, without its `?`, in which the values of credentials and of secret keys are `REDACTED`. Total on any text. */
export function redactQuery(query: string): string {
  const short = query.length > MAX_QUERY ? query.slice(0, MAX_QUERY) : query;
  return short.includes('=') ? short.split('&').map(redactPair).join('&') : cleanText(short);
}

function redactPair(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return cleanText(pair);
  const key = pair.slice(0, equals);
  const value = pair.slice(equals + 1);
  const name = decoded(key);
  const plain = decoded(value);
  if (CREDENTIALS.has(name) || isSecret(name, plain)) return `${key}=${REDACTED}`;
  return pair;
}

function isSecret(name: string, value: string): boolean {
  const redactor = runtimeState.redactor;
  if (redactor === undefined) return false;
  try {
    // a parameter is a field of its attribute, and on no list of attributes
    const redacted = redactor.redactField?.(name, value) ?? redactor.redactValue(name, value);
    return redacted !== value;
  } catch {
    // a rule of the user that throws must not let the value leave
    return true;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
