import type { WireValue } from '../service/wire-value.js';

/** What a group is called: its type, and the message without what differs from error to error. */
export function groupName(group: WireValue): string {
  const type = group.get('errorType').text;
  const title = group.get('title').text;
  if (title === '' || title === type) return type;
  return type === '' || title.startsWith(`${type}:`) ? title : `${type}: ${title}`;
}
