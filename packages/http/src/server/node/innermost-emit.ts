import { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import { type Emit, monitoredEmit } from './monitored-emit.js';

type Listener = (this: Server, ...args: unknown[]) => void;

/** What brings a request. */
const REQUEST_EVENTS: ReadonlySet<string | symbol> = new Set([
  'request',
  'checkContinue',
  'checkExpectation',
  'stream',
  'upgrade',
  'connect',
]);

/** A server's listeners as Node keeps them: by event, one or several. */
interface Listening {
  _events?: Record<string | symbol, Listener | Listener[] | undefined>;
}

/**
 * The `emit` of somebody else, with `monitored` within it. Whoever patched a server before ours keeps the original, so that
 * ours would stand around theirs and start a request before they do, a second time. Therefore theirs finds one listener, in
 * the place of all: it puts the others back and emits to them, from within whatever theirs has made of the request.
 */
export function innermostEmit(theirs: Emit): Emit {
  const inner = monitoredEmit(EventEmitter.prototype.emit as Emit);
  return function emitInnermost(this: Server & Listening, event, ...args) {
    const listeners = this._events;
    const waiting = listeners?.[event];
    if (!REQUEST_EVENTS.has(event) || listeners === undefined || waiting === undefined) {
      return Reflect.apply(theirs, this, [event, ...args]);
    }
    let isIn = false;
    const putBack = () => {
      const now = listeners[event];
      if (now === dispatch) listeners[event] = waiting;
      // theirs has added one meanwhile
      else if (Array.isArray(now) && now.includes(dispatch)) now.splice(now.indexOf(dispatch), 1, ...[waiting].flat());
    };
    const dispatch: Listener = (...given) => {
      isIn = true;
      putBack();
      Reflect.apply(inner, this, [event, ...given]);
    };
    listeners[event] = dispatch;
    try {
      return Reflect.apply(theirs, this, [event, ...args]);
    } finally {
      if (!isIn) putBack();
    }
  };
}
