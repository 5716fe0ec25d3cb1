import { labelled, NARROW } from '../text/layout.js';
import { count } from '../text/quantities.js';
import type { WireValue } from './wire-value.js';

const MOST_NAMED = 20;

/** What of the workers of a service is not in an answer; nothing where all is. */
export function missingWorkerLines(workers: WireValue): string[] {
  const missing = workers.get('missing').list.map((id) => id.text);
  const leftOut = workers.get('leftOut').number ?? 0;
  const gaps = [
    ...missing.slice(0, MOST_NAMED).map((id) => (id === 'primary' ? id : `worker ${id}`)),
    ...(missing.length > MOST_NAMED ? [`${missing.length - MOST_NAMED} more`] : []),
    ...(leftOut > 0 ? [`${count(leftOut)} entries that had no room`] : []),
  ];
  return gaps.length === 0 ? [] : labelled('not in it', gaps, undefined, NARROW);
}
