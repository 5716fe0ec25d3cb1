import { defaultRedactor } from '@otel-monitor/redaction';

const MAX_SHOWN = 80;
const HIDDEN = '[redacted]';
/** Beside the keys that redaction knows: everything below these is secret in a configuration. */
const SECRET_SEGMENTS = new Set(['tokens', 'headers', 'webhookurl', 'userhashkey']);

/** True when a value at this path must not be printed. */
export function isSecretPath(path: readonly PropertyKey[]): boolean {
  return path.some((segment) => {
    const name = String(segment);
    return (
      SECRET_SEGMENTS.has(name.replaceAll('_', '').toLowerCase()) || defaultRedactor.redactValue(name, 1) === HIDDEN
    );
  });
}

/** What was found, for a message: short, in one line, without secrets. */
export function describeFound(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'symbol') return value.description ?? 'a symbol';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (isSecretPath(path)) return HIDDEN;
  if (typeof value === 'string') return path.at(-1) === 'endpoint' ? quotedAddress(value) : quoted(value);
  return String(value).slice(0, MAX_SHOWN);
}

/** Text in quotes, cut, without secrets and control characters. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

/**
 * An address in quotes that may be so wrong that no rule knows its password: without all that may be user and password
 * or query.
 */
export function quotedAddress(text: string): string {
  const short = text.slice(0, 4_000);
  const host = short.lastIndexOf('@');
  const scheme = /^[a-z]{1,10}:\/\//i.exec(short)?.[0] ?? '';
  const bare = host === -1 ? short : `${scheme}${HIDDEN}${short.slice(host)}`;
  return quoted(bare.replace(/[?#].*$/s, `?${HIDDEN}`));
}

/** A key for a message: plain when it is a plain word, else in quotes. */
export function shownKey(key: string): string {
  return /^[\w.:-]{1,80}$/.test(key) && defaultRedactor.redactText(key) === key ? key : quoted(key);
}

function shortened(text: string): string {
  // redact before cutting: half a secret is not known as one. 4,000: no one reads more of a value
  const clean = defaultRedactor.redactText(text.slice(0, 4_000));
  return clean.length > MAX_SHOWN ? `${clean.slice(0, MAX_SHOWN)}…` : clean;
}
