import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { type EndingProcess, type EndOfProcess, handleExit } from '../src/exit-handling.js';

class FakeProcess extends EventEmitter {
  readonly killed: string[] = [];
  readonly exits: number[] = [];

  constructor(readonly pid = 7) {
    super();
  }

  exit(code: number): void {
    this.exits.push(code);
    this.emit('exit', code);
  }

  kill(pid: number, signal: string): true {
    this.killed.push(`${pid} ${signal}`);
    return true;
  }
}

class RecordedEnd implements EndOfProcess {
  readonly did: string[] = [];
  pending = 0;
  /** Flushes that were begun; each ends when it is called. */
  readonly ends: (() => void)[] = [];

  isPending(): boolean {
    return this.pending > 0;
  }

  flush(timeoutMillis: number): Promise<void> {
    this.did.push(timeoutMillis === 5000 ? 'flush' : 'flush again');
    return new Promise((resolve) => this.ends.push(resolve));
  }

  exportLast(withMetrics: boolean): void {
    this.did.push(withMetrics ? 'last export with metrics' : 'last export');
  }

  uncaught(error: unknown, origin: string): void {
    this.did.push(`${origin}: ${(error as Error).message}`);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

let target: FakeProcess;
let end: RecordedEnd;
let stop: () => void;

beforeEach(() => {
  target = new FakeProcess();
  end = new RecordedEnd();
  stop = handleExit(end, { timeoutMillis: 5000, signals: true }, target as unknown as EndingProcess);
});

describe('a natural end', () => {
  test('flushes once, and the last export leaves the metrics out', async () => {
    target.emit('beforeExit', 0);
    end.ends[0]?.();
    await turn();
    target.emit('beforeExit', 0);
    target.emit('exit', 0);
    expect(end.did).toEqual(['flush', 'last export']);
  });

  test('flushes again for what was recorded meanwhile, within what is left of the deadline', async () => {
    target.emit('beforeExit', 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    end.ends[0]?.();
    await turn();
    end.pending = 1;
    target.emit('beforeExit', 0);
    expect(end.did).toEqual(['flush', 'flush again']);
  });

  test('does not begin a second flush while one is under way', () => {
    target.emit('beforeExit', 0);
    target.emit('beforeExit', 0);
    expect(end.did).toEqual(['flush']);
  });
});

describe('a sudden end', () => {
  test('exports the rest with the metrics', () => {
    target.emit('exit', 3);
    expect(end.did).toEqual(['last export with metrics']);
  });

  test('an uncaught error is noted before that', () => {
    target.emit('uncaughtExceptionMonitor', new Error('boom'), 'uncaughtException');
    target.emit('exit', 1);
    expect(end.did).toEqual(['uncaughtException: boom', 'last export with metrics']);
  });
});

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s', (signal) => {
  test('flushes, then dies of the signal', async () => {
    target.emit(signal, signal);
    await turn();
    expect(target.killed).toEqual([]);
    end.ends[0]?.();
    await turn();
    expect(end.did).toEqual(['flush']);
    expect(target.killed).toEqual([`7 ${signal}`]);
    expect(target.listenerCount(signal)).toBe(0);
  });

  test('a second one does not wait', async () => {
    target.emit(signal, signal);
    target.emit(signal, signal);
    await turn();
    expect(target.killed).toEqual([`7 ${signal}`]);
  });

  test('leaves the decision to a listener of the application', async () => {
    target.on(signal, () => {});
    target.emit(signal, signal);
    end.ends[0]?.();
    await turn();
    expect(target.killed).toEqual([]);
    target.emit(signal, signal);
    expect(end.did).toEqual(['flush', 'flush']);
  });

  test('does not wait for signal-exit, which waits for us', async () => {
    const key = Symbol.for('signal-exit emitter');
    const globals = globalThis as Record<symbol, unknown>;
    const before = globals[key];
    globals[key] = { count: 1 };
    try {
      target.on(signal, () => {});
      target.emit(signal, signal);
      end.ends[0]?.();
      await turn();
      expect(target.killed).toEqual([`7 ${signal}`]);
    } finally {
      globals[key] = before;
    }
  });
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
])(
  'the first process of a container, which its own %s does not end, exits with %i after the flush',
  async (signal, code) => {
    const first = new FakeProcess(1);
    handleExit(end, { timeoutMillis: 5000, signals: true }, first as unknown as EndingProcess);
    first.emit(signal, signal);
    await turn();
    expect(first.exits).toEqual([]);
    end.ends[0]?.();
    await turn();
    expect([first.exits, first.killed]).toEqual([[code], []]);
    expect(end.did).toEqual(['flush']);
  },
);

test('signals may be left alone', () => {
  const quiet = new FakeProcess();
  handleExit(end, { timeoutMillis: 5000, signals: false }, quiet as unknown as EndingProcess);
  expect(quiet.eventNames()).toEqual(['beforeExit', 'exit', 'uncaughtExceptionMonitor']);
});

test('everything is taken back', () => {
  stop();
  expect(target.eventNames()).toEqual([]);
});
