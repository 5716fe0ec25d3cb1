import type http from 'node:http';
import type { ServerResponse } from 'node:http';
import { processWide } from '@otel-monitor/runtime';
import { chunkBytes } from '../../body-size.js';
import { answeredRequest } from './monitored-messages.js';

type Write = (this: ServerResponse, chunk?: unknown, encoding?: unknown, callback?: unknown) => unknown;
type Writing = { write: Write; end: Write };

const counted = processWide<{ undo: (() => void) | undefined }>('http-counted-answers', () => ({ undo: undefined }));

/**
 * Counts the bytes of answers that are written in more than one piece: of those nobody else tells the sum. What is handed
 * to `end` alone has a length that Node tells. It is done by the class of all answers, under whatever others put on one of
 * them, as those who compress do; functions on each answer would cost it more. A second call does nothing more.
 */
export function countAnswers(): void {
  if (counted.undo !== undefined) return;
  const { ServerResponse: AnyResponse } = process.getBuiltinModule('node:http') as typeof http;
  const answers = AnyResponse.prototype as unknown as Writing;
  const undone = [wrap(answers, 'write', true), wrap(answers, 'end', false)];
  counted.undo = () => {
    for (const undo of undone) undo();
    counted.undo = undefined;
  };
}

/** Takes the counting out again, until it is asked for anew. */
export function stopCountingAnswers(): void {
  counted.undo?.();
}

function wrap(answers: Writing, name: 'write' | 'end', isFirst: boolean): () => void {
  const own = Object.hasOwn(answers, name) ? answers[name] : undefined;
  const inherited = Object.getPrototypeOf(answers) as Writing;
  const wrapped: Write = function (chunk, encoding, callback) {
    const request = answeredRequest(this);
    if (request !== undefined && (isFirst || request.written !== undefined)) {
      request.written = (request.written ?? 0) + chunkBytes(chunk, encoding);
    }
    return (own ?? inherited[name]).call(this, chunk, encoding, callback);
  };
  Object.defineProperty(answers, name, { value: wrapped, configurable: true, writable: true, enumerable: true });
  return () => {
    // who wrapped it since goes on calling this one, which does no harm
    if (answers[name] !== wrapped) return;
    if (own === undefined) Reflect.deleteProperty(answers, name);
    else answers[name] = own;
  };
}
