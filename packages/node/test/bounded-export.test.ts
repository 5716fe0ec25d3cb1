import { describe, expect, test } from 'vitest';
import { BoundedExport, type ExportClock } from '../src/bounded-export.js';
import { ExportError } from '../src/export-error.js';
import type { Post, PostAnswer } from '../src/otlp-post.js';

const BODY = new Uint8Array([1]);
const OK: PostAnswer = { status: 'success', data: undefined };

function busy(retryInMillis?: number): PostAnswer {
  return { status: 'retryable', error: new ExportError('429', 'the server answered 429', 429), retryInMillis };
}

const REFUSED: PostAnswer = {
  status: 'retryable',
  error: new ExportError('ECONNREFUSED', 'ECONNREFUSED'),
  retryInMillis: undefined,
};

/** Time that stands still until it is told to go on. */
class ManualClock implements ExportClock {
  time = 0;
  #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, millis: number): { unref(): unknown } {
    const timer = { at: this.time + millis, callback, unref: () => {} };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers = this.#timers.filter((known) => known !== timer);
  }

  async advance(millis: number): Promise<void> {
    const end = this.time + millis;
    for (;;) {
      await turn();
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.time = Math.max(this.time, next.at);
      this.clearTimeout(next);
      next.callback();
    }
    this.time = end;
    await turn();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Answers each request by the next of `answers`, the last one for ever; undefined: it hangs. */
function server(clock: ManualClock, answers: (PostAnswer | undefined)[]) {
  const times: number[] = [];
  const post = (): Post => {
    const answer = answers[Math.min(times.length, answers.length - 1)];
    times.push(clock.time);
    let settle: (answer: PostAnswer) => void = () => {};
    const promise = new Promise<PostAnswer>((resolve) => {
      settle = resolve;
    });
    if (answer !== undefined) settle(answer);
    return {
      answer: promise,
      isSent: () => true,
      cancel: (error) => settle({ status: 'retryable', error, retryInMillis: undefined }),
    };
  };
  return { post, times };
}

describe('a bounded export', () => {
  test('gives the first answer when it is final', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [OK]);
    expect(await new BoundedExport(post, clock).send(BODY, 10_000)).toBe(OK);
    expect(times).toEqual([0]);
  });

  test('ends a server that hangs at the deadline', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [undefined]);
    const sent = new BoundedExport(post, clock).send(BODY, 10_000);
    await clock.advance(9_999);
    expect(times).toEqual([0]);
    await clock.advance(1);
    expect(await sent).toMatchObject({ status: 'retryable', error: { name: 'timeout' } });
    expect(times).toEqual([0]);
  });

  test('pauses at least about a second, then twice as long, when Retry-After asks for no pause', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [busy(undefined)]);
    const sent = new BoundedExport(post, clock).send(BODY, 10_000);
    await clock.advance(10_000);
    expect(await sent).toMatchObject({ status: 'retryable', error: { name: '429' } });
    const pauses = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(900 * 2 ** index);
      expect(pause).toBeLessThanOrEqual(1100 * 2 ** index);
    }
  });

  test('waits as long as the server asks, and not past the deadline', async () => {
    const clock = new ManualClock();
    const patient = server(clock, [busy(4000), OK]);
    const sent = new BoundedExport(patient.post, clock).send(BODY, 10_000);
    await clock.advance(4000);
    expect(await sent).toBe(OK);
    expect(patient.times).toEqual([0, 4000]);

    const impatient = server(clock, [busy(60_000), OK]);
    expect(await new BoundedExport(impatient.post, clock).send(BODY, 10_000)).toMatchObject({ status: 'retryable' });
    expect(impatient.times).toHaveLength(1);
  });

  test('in a hurry gives a refused connection up at once', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [REFUSED]);
    const bounded = new BoundedExport(post, clock);
    bounded.hurry(5000);
    expect(await bounded.send(BODY, 10_000)).toBe(REFUSED);
    expect(times).toEqual([0]);
  });

  test('in a hurry asks a busy server once more', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [busy()]);
    const bounded = new BoundedExport(post, clock);
    bounded.hurry(5000);
    const sent = bounded.send(BODY, 10_000);
    await clock.advance(250);
    expect(await sent).toMatchObject({ status: 'retryable' });
    expect(times).toEqual([0, 250]);
  });

  test('a hurry shortens a request that is under way', async () => {
    const clock = new ManualClock();
    const { post } = server(clock, [undefined]);
    const bounded = new BoundedExport(post, clock);
    const sent = bounded.send(BODY, 10_000);
    await clock.advance(1000);
    bounded.hurry(500);
    await clock.advance(500);
    expect(await sent).toMatchObject({ error: { name: 'timeout' } });
  });

  test('a hurry wakes an export that waits for its next attempt', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [REFUSED, OK]);
    const bounded = new BoundedExport(post, clock);
    const sent = bounded.send(BODY, 10_000);
    await clock.advance(100);
    expect(times).toEqual([0]);
    bounded.hurry(500);
    expect(await sent).toBe(OK);
    expect(times).toEqual([0, 100]);
  });

  test('after a hurry is over it has patience again', async () => {
    const clock = new ManualClock();
    const { post, times } = server(clock, [REFUSED, OK]);
    const bounded = new BoundedExport(post, clock);
    bounded.hurry(500)();
    const sent = bounded.send(BODY, 10_000);
    await clock.advance(1200);
    expect(await sent).toBe(OK);
    expect(times).toHaveLength(2);
  });
});
