import { isSecret, type KeyMatcher } from './keys/key-matcher.js';

/** Names of headers, as they come in lists of names and values (`rawHeaders` of Node). */
const HEADER = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token)$/i;
const FLAG = /^--?[A-Za-z][\w-]*$/;

/**
 * The list with every text redacted, or the same list when there is nothing. What follows a flag or a header that is
 * secret by its name is a secret: `['--password', 'hunter2']`.
 */
export function redactItems<T>(
  items: T & unknown[],
  keys: KeyMatcher,
  replacement: string,
  redactItem: (text: string) => string,
): T {
  let copy: unknown[] | undefined;
  let isNextSecret = false;
  for (let index = 0; index < items.length; index += 1) {
    const item: unknown = items[index];
    if (typeof item !== 'string') {
      isNextSecret = false;
      continue;
    }
    const isHidden: boolean = isNextSecret && !item.startsWith('-');
    const redacted = isHidden ? replacement : redactItem(item);
    isNextSecret = !isHidden && item.length < 64 && announcesSecret(item, items, index, keys);
    if (redacted === item) continue;
    copy ??= [...items];
    copy[index] = redacted;
  }
  return (copy ?? items) as T;
}

function announcesSecret(item: string, items: readonly unknown[], index: number, keys: KeyMatcher): boolean {
  if (FLAG.test(item)) return isSecret(keys.tellOf(item));
  // a list of the names of headers alone has no values in it
  return HEADER.test(item) && typeof items[index + 1] === 'string' && !/^[a-z-]*$/i.test(items[index + 1] as string);
}
