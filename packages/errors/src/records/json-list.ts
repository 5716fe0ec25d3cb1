import { runtimeState } from '@otel-monitor/runtime';

/**
 * A list as JSON of at most `limit` UTF-16 units, or of the longest attribute value if that is less, where an SDK would cut
 * through it: what finds no room is counted in its last item, `{"omitted":12}`.
 *
 * @param items of text and numbers that are clean already
 */
export function jsonList(items: readonly object[], limit: number): string {
  const told: string[] = [];
  let room = Math.min(limit, runtimeState.attributeValueLength) - 2;
  for (const [index, item] of items.entries()) {
    const text = JSON.stringify(item);
    const rest = JSON.stringify({ omitted: items.length - index });
    // unless it is the last, there must be room for the count after it
    const needed = text.length + 1 + (index === items.length - 1 ? 0 : rest.length + 1);
    if (needed > room) {
      told.push(rest);
      break;
    }
    told.push(text);
    room -= text.length + 1;
  }
  return `[${told.join(',')}]`;
}
