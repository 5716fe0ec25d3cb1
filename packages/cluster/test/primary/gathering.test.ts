import { MetricStore } from '@otel-monitor/bound-metrics';
import { redirectReports, type StateEntry, type ToldState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gathering } from '../../src/primary/gathering.js';
import { KnownWorker } from '../../src/primary/known-worker.js';
import { Workers } from '../../src/primary/workers.js';
import type { ToldPart } from '../../src/wire/message.js';
import { entriesOf } from '../../src/wire/told-parts.js';
import { joinWorker } from '../in-memory-channel.js';

let lines: string[];
let restore: () => void;
let taken: [state: string, version: number, ...entries: StateEntry[]][];
beforeEach(() => {
  lines = [];
  taken = [];
  restore = redirectReports((line) => lines.push(line));
});
afterEach(() => {
  restore();
  vi.useRealTimers();
});

/** From now on deadlines pass when they are told to. */
const stopTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

const primary = (deadlineMillis = 1000) => new Workers({ store: new MetricStore(), deadlineMillis });
const take = (part: ToldPart) => void taken.push([part.state, part.stateVersion, ...entriesOf(part)]);
const state = (name: string, version: number, ...entries: StateEntry[]): ToldState => ({
  name,
  version,
  entries: () => entries,
});

describe('what workers keep', () => {
  it('is nothing where there are none', async () => {
    expect(await primary().gather(take)).toEqual({ present: 0, missing: [], leftOut: 0 });
    expect(taken).toEqual([]);
  });

  it('is told by each, with the name and version of its state', async () => {
    const workers = primary();
    joinWorker(workers, '1').states = [state('errors', 1, ['a', { count: 1 }]), state('usage', 2, ['b', [2]])];
    joinWorker(workers, '2').states = [state('errors', 1, ['a', { count: 3 }], ['c', 'ü'])];
    joinWorker(workers, '3');
    expect(await workers.gather(take)).toEqual({ present: 3, missing: [], leftOut: 0 });
    expect(taken).toEqual([
      ['errors', 1, ['a', { count: 1 }]],
      ['usage', 2, ['b', [2]]],
      ['errors', 1, ['a', { count: 3 }], ['c', 'ü']],
    ]);
  });

  it('is all of it each time', async () => {
    const workers = primary();
    joinWorker(workers, '1').states = [state('errors', 1, ['a', 1])];
    await workers.gather(take);
    await workers.gather(take);
    expect(taken).toEqual(Array(2).fill(['errors', 1, ['a', 1]]));
  });

  it('has that of threads of workers, which are missing by both ids', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    const thread = joinWorker(one.threads, 'thread/2');
    joinWorker(one.threads, 'thread/3').isAwake = false;
    thread.states = [state('errors', 1, ['a', 1])];
    one.states = [state('errors', 1, ['b', 2])];
    expect(await workers.gather(take)).toEqual({ present: 1, missing: ['1/thread/3'], leftOut: 0 });
    expect(taken).toEqual([
      ['errors', 1, ['b', 2]],
      ['errors', 1, ['a', 1]],
    ]);
  });

  it('is missing of a worker that would tell what somebody else tells too', async () => {
    const workers = primary();
    joinWorker(workers, '1').states = undefined;
    joinWorker(workers, '2').states = [state('errors', 1, ['a', 1])];
    expect(await workers.gather(take)).toEqual({ present: 2, missing: ['1'], leftOut: 0 });
    expect(taken).toEqual([['errors', 1, ['a', 1]]]);
  });

  it('comes in parts of some ten entries, and what is no data or too large is counted', async () => {
    const workers = primary();
    const circle: unknown[] = [];
    circle.push(circle);
    const text = 'x'.repeat(4000);
    const entries = Array.from({ length: 40 }, (_, i): StateEntry => [`entry-${i}`, text]);
    const one = joinWorker(workers, '1');
    one.states = [state('errors', 1, ...entries, ['circle', circle], ['large', 'x'.repeat(70_000)])];
    expect(await workers.gather(take)).toEqual({ present: 1, missing: [], leftOut: 2 });
    expect(taken.flatMap(([, , ...some]) => some)).toEqual(entries);
    const sizes = one.said.flatMap((message) => (message.kind === 'kept' ? [message.entries.length] : []));
    expect(sizes.length).toBe(5);
    expect(Math.max(...sizes)).toBeLessThan(37_000);
  });
});

describe('a worker that does not answer', () => {
  it('is missing after the deadline, waited for once, and asked again when it has answered late', async () => {
    stopTimers();
    const workers = primary(50);
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, '2')];
    one.states = [state('errors', 1, ['a', 1])];
    two.states = [state('errors', 1, ['b', 2])];
    one.isAwake = false;
    const answered = vi.fn();
    const gathered = workers.gather(take);
    void gathered.then(answered);
    await vi.advanceTimersByTimeAsync(49);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await gathered).toEqual({ present: 2, missing: ['1'], leftOut: 0 });
    expect(lines).toEqual([
      'otel-monitor: errors and usage are shown without those of worker 1, which has not told them\n',
    ]);
    // no timer passes any more
    expect(await workers.gather(take)).toEqual({ present: 2, missing: ['1'], leftOut: 0 });
    one.wake();
    await new Promise((resolve) => setImmediate(resolve));
    taken = [];
    expect(await workers.gather(take)).toEqual({ present: 2, missing: [], leftOut: 0 });
    expect(taken.map(([, , ...entries]) => entries)).toEqual([[['a', 1]], [['b', 2]]]);
  });

  it('because it is an earlier release, which does not know the question, is missing', async () => {
    const workers = primary(20);
    workers.heard({ send: () => {} }, { kind: 'hello', id: '1', session: 'one' });
    expect(await workers.gather(take)).toEqual({ present: 1, missing: ['1'], leftOut: 0 });
  });

  it('because it has ended is gone, with all that it had told by then', async () => {
    const workers = primary();
    const epochs: string[] = [];
    const asking = { send: (message: { kind: string; epoch?: string }) => void epochs.push(message.epoch ?? '') };
    workers.heard(asking, { kind: 'hello', id: '1', session: 'one' });
    joinWorker(workers, '2').states = [state('errors', 1, ['b', 2])];
    const gathered = workers.gather(take);
    await Promise.resolve();
    const epoch = epochs.at(-1) as string;
    workers.heard(asking, {
      kind: 'kept',
      epoch,
      round: 1,
      waits: false,
      state: 'errors',
      stateVersion: 1,
      entries: '[["a",1]]',
    });
    workers.ended(asking, { isFailure: true, text: 'was ended by SIGKILL' });
    expect(await gathered).toEqual({ present: 1, missing: [], leftOut: 0 });
    expect(taken).toEqual([['errors', 1, ['b', 2]]]);
  });

  it('that is still telling is waited for', async () => {
    stopTimers();
    const workers = primary(60);
    let epoch = '';
    const asking = {
      send: (message: { kind: string; epoch?: string }) => {
        epoch = message.epoch ?? '';
      },
    };
    workers.heard(asking, { kind: 'hello', id: '1', session: 'one' });
    const gathered = workers.gather(take);
    for (let part = 0; part < 5; part += 1) {
      await vi.advanceTimersByTimeAsync(59);
      const entries = `[["${part}",1]]`;
      workers.heard(asking, { kind: 'kept', epoch, round: 1, waits: false, state: 'errors', stateVersion: 1, entries });
    }
    workers.heard(asking, { kind: 'told', epoch, round: 1, missing: [], leftOut: 3 });
    expect(await gathered).toEqual({ present: 1, missing: [], leftOut: 3 });
    expect(taken).toHaveLength(5);
  });
});

describe('pace', () => {
  const many = state('errors', 1, ...Array.from({ length: 200 }, (_, i): StateEntry => [`${i}`, 'x'.repeat(4000)]));

  it('no more than two parts are told before they are read', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    one.states = [many];
    let toldBefore = 0;
    const { send } = one.link;
    const atOnce: number[] = [];
    one.link.send = (message) => {
      const told = one.said.filter(({ kind }) => kind === 'kept').length;
      if (message.kind === 'more') atOnce.push(told - toldBefore);
      toldBefore = told;
      send(message);
    };
    await workers.gather(take);
    expect(taken.flatMap(([, , ...entries]) => entries)).toHaveLength(200);
    expect(atOnce).toEqual(Array(12).fill(2));
  });

  it('one that was waited for no more tells the rest, and is asked again', async () => {
    const workers = primary(30);
    const one = joinWorker(workers, '1');
    one.states = [many];
    one.isAwake = false;
    expect(await workers.gather(take)).toEqual({ present: 1, missing: ['1'], leftOut: 0 });
    one.wake();
    await vi.waitFor(() => expect(one.said.at(-1)?.kind).toBe('told'));
    expect(taken).toEqual([]);
    expect(await workers.gather(take)).toEqual({ present: 1, missing: [], leftOut: 0 });
    expect(taken.flatMap(([, , ...entries]) => entries)).toHaveLength(200);
  });

  it('who asks again is told anew, and no more of what it gave up on', async () => {
    const workers = primary(30);
    const one = joinWorker(workers, '1');
    one.states = [many];
    const { send } = one.link;
    // the first questions are lost on the way back
    one.link.send = (message) => {
      if (message.kind !== 'more') send(message);
    };
    expect(await workers.gather(take)).toEqual({ present: 1, missing: ['1'], leftOut: 0 });
    expect(taken).toEqual([]);
    one.link.send = send;
    const known = one.said.length;
    one.member.heard({ kind: 'tell', epoch: (one.said[1] as { epoch: string }).epoch, round: 2 });
    await vi.waitFor(() => expect(one.said.at(-1)?.kind).toBe('told'));
    const rounds = one.said.slice(known).map((message) => ('round' in message ? message.round : undefined));
    expect(new Set(rounds)).toEqual(new Set([2]));
  });
});

describe('bounds', () => {
  it('of a worker that tells more than is held nothing is used, and others are not hurt', async () => {
    const gathering = new Gathering('epoch', 1000, 100);
    const made = (id: string) => new KnownWorker(id, 's', undefined as never, { send: () => {} }, () => 0);
    const [one, two] = [made('1'), made('2')];
    const tell = (worker: KnownWorker, entries: string) =>
      gathering.heard(worker, {
        kind: 'kept',
        epoch: 'epoch',
        round: 1,
        waits: false,
        state: 'errors',
        stateVersion: 1,
        entries,
      });
    const gathered = gathering.gather(() => [one, two], take);
    await Promise.resolve();
    tell(one, JSON.stringify([['a', 'x'.repeat(60)]]));
    tell(one, JSON.stringify([['a', 'x'.repeat(60)]]));
    tell(two, JSON.stringify([['b', 'x'.repeat(60)]]));
    for (const worker of [one, two]) {
      gathering.heard(worker, { kind: 'told', epoch: 'epoch', round: 1, missing: [], leftOut: 0 });
    }
    expect(await gathered).toEqual({ present: 2, missing: ['1'], leftOut: 0 });
    expect(taken).toEqual([['errors', 1, ['b', 'x'.repeat(60)]]]);
  });

  it('what is told for another question is not used', async () => {
    const gathering = new Gathering('epoch', 30);
    const one = new KnownWorker('1', 's', undefined as never, { send: () => {} }, () => 0);
    const gathered = gathering.gather(() => [one], take);
    await Promise.resolve();
    gathering.heard(one, { kind: 'told', epoch: 'epoch', round: 0, missing: [], leftOut: 0 });
    expect(await gathered).toEqual({ present: 1, missing: ['1'], leftOut: 0 });
  });

  it('text that is no list has no entries', () => {
    const part = (entries: string) => ({ state: 'errors', stateVersion: 1, entries });
    expect(entriesOf(part('{"a":1}'))).toEqual([]);
    expect(entriesOf(part('[1,["a",1]'))).toEqual([]);
    expect(entriesOf(part('[1,["a",1],null]'))).toEqual([['a', 1]]);
  });
});
