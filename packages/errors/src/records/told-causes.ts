import { cutText } from '@otel-monitor/runtime';
import type { CauseRelation, DescribedError } from '../description/described-error.js';
import { jsonList } from './json-list.js';

const MESSAGE_LENGTH = 256;
/** Longest text of all causes, in UTF-16 units. */
const MAX_LENGTH = 4096;

/** A cause as it is told in a list: in the order of the stack trace, with its depth. */
interface ListedCause {
  readonly relation: CauseRelation;
  /** 1: a cause of the error itself. */
  readonly depth: number;
  readonly type: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly repeated: true | undefined;
  /** Its own causes that are not in the list. */
  readonly omitted: number | undefined;
}

/** The causes of an error as bounded JSON; undefined when there are none. */
export function toldCauses({ causes }: DescribedError): string | undefined {
  if (causes.length === 0) return undefined;
  const listed: ListedCause[] = [];
  addCauses(listed, causes, 1);
  return jsonList(listed, MAX_LENGTH);
}

function addCauses(listed: ListedCause[], causes: readonly DescribedError[], depth: number): void {
  for (const cause of causes) {
    listed.push({
      relation: cause.relation ?? 'cause',
      depth,
      type: cause.exceptionType,
      message: cutText(cause.message, MESSAGE_LENGTH),
      code: cause.code,
      repeated: cause.isRepeated === true ? true : undefined,
      omitted: cause.omittedCauses || undefined,
    });
    addCauses(listed, cause.causes, depth + 1);
  }
}
