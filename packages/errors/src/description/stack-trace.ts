import { cutText, runtimeState } from '@otel-monitor/runtime';
import type { DescribedError } from './described-error.js';

/** Longest stack trace as it leaves, in UTF-16 units, with all causes. */
const MAX_LENGTH = 16_384;
const SHORTEST_HEAD = 64;
/** Room for saying how many frames were left out. */
const COUNT_LENGTH = 32;

/** An error of the trace, to be written. */
interface Part {
  readonly indent: string;
  readonly head: string;
  readonly frames: string;
}

/**
 * The stack trace as it leaves, as V8 writes it, with the causes below: `Caused by: …`, members of an AggregateError
 * indented. At most 16,384 UTF-16 units, or the longest attribute value if that is less: an SDK would cut off the causes.
 * Undefined when there is neither a stack nor a cause.
 */
export function stackTrace(error: DescribedError): string | undefined {
  const { frames, head, causes, omittedCauses = 0 } = error;
  if (frames === undefined && head === undefined && causes.length === 0 && omittedCauses === 0) return undefined;
  const limit = Math.min(MAX_LENGTH, runtimeState.attributeValueLength);
  const text = causes.length === 0 && omittedCauses === 0 ? headOf(error) + (frames?.text ?? '') : '';
  if (text !== '' && text.length <= limit) return text;
  const parts: Part[] = [];
  addParts(parts, error, '', '');
  return cutText(joined(parts, limit), limit);
}

/** The first line, or lines, of an error in a stack trace. */
function headOf({ exceptionType, message, head, isRepeated }: DescribedError): string {
  const told = head ?? (message === '' ? exceptionType : `${exceptionType}: ${message}`);
  return isRepeated === true ? `${told} (already told)` : told;
}

function addParts(parts: Part[], error: DescribedError, indent: string, label: string): void {
  parts.push({
    indent,
    head: indented(label + headOf(error), indent),
    frames: indented(error.frames?.text ?? '', indent),
  });
  const { causes, omittedCauses = 0 } = error;
  const members = causes.filter(({ relation }) => relation === 'member').length;
  const deeper = `${indent}  `;
  let member = 0;
  for (const cause of causes) {
    if (cause.relation === 'member') {
      member += 1;
      addParts(parts, cause, deeper, `[${member} of ${members + omittedCauses}] `);
    } else if (cause.relation === 'suppressed') addParts(parts, cause, deeper, 'Suppressed: ');
    else addParts(parts, cause, indent, 'Caused by: ');
  }
  if (omittedCauses > 0) parts.push({ indent: deeper, head: `… ${omittedCauses} more`, frames: '' });
}

function indented(text: string, indent: string): string {
  return indent === '' ? text : text.replaceAll('\n', `\n${indent}`);
}

/** All parts in at most about `limit` units: each has its head, and a fair share of what is left for its frames. */
function joined(parts: readonly Part[], limit: number): string {
  const heads = cutHeads(parts, limit);
  let room = limit - heads.reduce((sum, head) => sum + head.length, 0);
  let text = '';
  for (const [index, { frames }] of parts.entries()) {
    const shown = cutFrames(frames, fairShare(parts, index, room));
    room -= shown.length;
    text += heads[index] + shown;
  }
  return text;
}

function cutHeads(parts: readonly Part[], limit: number): string[] {
  const heads = parts.map(({ indent, head }, index) => (index === 0 ? head : `\n${indent}${head}`));
  const length = heads.reduce((sum, head) => sum + head.length, 0);
  if (length <= limit / 2) return heads;
  const share = Math.max(SHORTEST_HEAD, Math.floor(limit / 2 / parts.length));
  return heads.map((head) => (head.length > share ? `${cutText(head, share - 1)}…` : head));
}

/** How much of its frames one may show: what the later ones do not need, and an equal part at least. */
function fairShare(parts: readonly Part[], index: number, room: number): number {
  const equal = Math.floor(room / (parts.length - index));
  const later = parts.slice(index + 1).reduce((sum, { frames }) => sum + Math.min(frames.length, equal), 0);
  return room - later;
}

/** Whole lines in at most `room` units; how many more there were. */
function cutFrames(frames: string, room: number): string {
  if (frames.length <= room) return frames;
  const end = frames.lastIndexOf('\n', room - COUNT_LENGTH);
  if (room < COUNT_LENGTH) return '';
  const kept = end < 0 ? '' : frames.slice(0, end);
  const left = frames.slice(kept.length).split('\n').length - 1;
  return `${kept}\n    … ${left} more frames`;
}
