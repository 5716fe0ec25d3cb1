import { types } from 'node:util';
import { bigintText, boundedJson, cleanDetail, cleanText } from '@otel-monitor/runtime';

/** Room for saying how much was left out, in UTF-16 units. */
const COUNT_LENGTH = 40;
/** Longest JSON of a thrown object, in UTF-16 units: what it is made of is read as far as this, and no further. */
const JSON_LENGTH = 1024;

/** Text without secrets, of at most `limit` UTF-16 units; what was left out is counted in its last words. */
export function toldText(text: string, limit: number): string {
  if (text.length <= limit) return cleanText(text, limit);
  const kept = limit - COUNT_LENGTH;
  return `${cleanText(text, kept)} … ${text.length - kept} more characters`;
}

/** Any value as text without secrets. No method of it is called. Total on any input. */
export function toldValue(value: unknown, limit: number): string {
  switch (typeof value) {
    case 'string':
      return toldText(value, limit);
    case 'bigint':
      return toldText(bigintText(value), limit);
    case 'symbol':
      return toldText(`Symbol(${value.description ?? ''})`, limit);
    case 'function':
      return toldText(`[function ${functionName(value) || 'anonymous'}]`, limit);
    case 'object':
      return value === null ? 'null' : toldObject(value);
    default:
      return String(value);
  }
}

/** Only what is stored is asked for: `name` may be a getter, and a proxy may do anything. */
function functionName(value: object): string {
  if (types.isProxy(value)) return '';
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' ? name : '';
}

function toldObject(value: object): string {
  // its keys may be millions, each of them a call
  if (types.isProxy(value)) return '[proxy]';
  return boundedJson(value, JSON_LENGTH, (key, seen) => {
    if (typeof seen === 'string' || typeof seen === 'number') return cleanDetail(key || 'value', seen);
    if (typeof seen === 'object' && seen !== null && isSecretKey(key)) return '[redacted]';
    return seen;
  });
}

function isSecretKey(key: string): boolean {
  return key !== '' && cleanDetail(key, 'x') !== 'x';
}
