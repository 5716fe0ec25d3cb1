import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelope } from '../../src/channels/links.js';
import { readFromPrimary, readFromWorker } from '../../src/wire/read-message.js';

const part = {
  kind: 'part' as const,
  epoch: 'e',
  instruments: [{ id: 0, scope: { name: 's' }, name: 'c', unit: '1', description: '', kind: 'counter' as const }],
  series: [[1, 0, 1_700_000_000_000, { route: '/' }] as const],
  restarted: [1],
  values: [[1, 5]],
  exemplars: [[1, 0, 0.5, 1_700_000_000_000, 1, -2, 3, 4, 5, 6]],
  gone: [7],
};

const keptText = { kind: 'kept', epoch: 'e', round: 3, waits: false, state: 'errors', stateVersion: 1, entries: '[]' };

it('what was sent is read as it was', () => {
  expect(readFromWorker(envelope(part))).toEqual(part);
  for (const id of ['1', 'thread/2', '3/thread/2']) {
    expect(readFromWorker(envelope({ kind: 'hello', id, session: 'x' }))).toEqual({ kind: 'hello', id, session: 'x' });
  }
  expect(readFromWorker(envelope({ kind: 'bye' }))).toEqual({ kind: 'bye' });
  const kept = { ...keptText, entries: '[["a",1]]' };
  expect(readFromWorker(envelope(kept))).toEqual(kept);
  const told = { kind: 'told' as const, epoch: 'e', round: 3, missing: ['thread/2'], leftOut: 4 };
  expect(readFromWorker(envelope(told))).toEqual(told);
  for (const kind of ['tell', 'more'] as const) {
    expect(readFromPrimary(envelope({ kind, epoch: 'e', round: 3 }))).toEqual({ kind, epoch: 'e', round: 3 });
  }
  expect(readFromPrimary(envelope({ kind: 'who' }))).toEqual({ kind: 'who' });
  expect(readFromPrimary(envelope({ kind: 'ask', epoch: 'e', round: 3 }))).toEqual({
    kind: 'ask',
    epoch: 'e',
    round: 3,
  });
});

describe('what is not ours', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'NODE_OTEL_MONITOR'],
    ['a message of the application', { kind: 'bye' }],
    ['a message of Node', { cmd: 'NODE_CLUSTER', act: 'disconnect' }],
    ['another version', { ...envelope(part), version: 2 }],
    ['entries that are no text', envelope({ ...keptText, entries: [['a', 1]] })],
    ['more text than is sent', envelope({ ...keptText, entries: 'x'.repeat(200_000) })],
    ['a state without a version', envelope({ ...keptText, stateVersion: undefined })],
    ['losses that are no number', envelope({ kind: 'told', epoch: 'e', round: 3, missing: [], leftOut: -1 })],
    ['another kind', envelope({ kind: 'order' })],
    ['an id with a path', envelope({ kind: 'hello', id: '../1', session: '' })],
    ['no id', envelope({ kind: 'hello', id: '', session: '' })],
    ['a number as id', envelope({ kind: 'hello', id: 1, session: '' })],
    ['a part without an epoch', envelope({ ...part, epoch: undefined })],
    ['an epoch without an end', envelope({ ...part, epoch: 'e'.repeat(1000) })],
    ['a round that is none', envelope({ kind: 'done', epoch: 'e', round: -1 })],
  ])('%s is not understood', (_, message) => {
    expect(readFromWorker(message)).toBeUndefined();
    expect(readFromPrimary(message)).toBeUndefined();
  });

  it('a getter that throws is not understood either', () => {
    const hostile = Object.defineProperty({}, 'cmd', {
      get: () => {
        throw new Error('no');
      },
    });
    expect(readFromWorker(hostile)).toBeUndefined();
  });
});

describe('of a part', () => {
  const read = (change: object) => readFromWorker(envelope({ ...part, ...change })) as typeof part;

  it('what is out of form is left out one by one', () => {
    const [instrument] = part.instruments;
    const bad = [
      { ...instrument, name: 'n'.repeat(256) },
      { ...instrument, unit: 1 },
      { ...instrument, kind: 'observable_counter' },
      { ...instrument, kind: 'histogram' },
      { ...instrument, kind: 'histogram', buckets: [2, 1] },
      { ...instrument, kind: 'histogram', buckets: [1, Number.NaN] },
      { ...instrument, scope: { name: 's', version: 1 } },
      { ...instrument, id: 1.5 },
    ];
    expect(read({ instruments: [...bad, instrument] }).instruments).toEqual([instrument]);
    expect(
      read({ series: [[1, 0, null, {}], [1, 0, 5, 'attributes'], [-1, 0, 5, {}], ...part.series] }).series,
    ).toEqual(part.series);
    expect(read({ values: ['1', [null, 5], [1, 5]] }).values).toEqual([[1, 5]]);
    expect(read({ exemplars: [[1, 2, 3], ...part.exemplars] }).exemplars).toEqual(part.exemplars);
    expect(read({ gone: [null, 'a', 3], restarted: {} })).toMatchObject({ gone: [3], restarted: [] });
  });

  it('no more than two thousand of anything are taken', () => {
    expect(read({ gone: Array(10_000).fill(1) }).gone).toHaveLength(2000);
  });
});

it('of a component only plain fields are taken, of 500 components at most', () => {
  const component = {
    name: 'database',
    status: 'healthy',
    critical: true,
    dependsOn: ['a'],
    message: 'm'.repeat(5000),
  };
  const health = { status: 'healthy', isReady: 'yes', components: [component, { name: 'nameless' }, null] };
  expect(readFromWorker(envelope({ kind: 'done', epoch: 'e', round: 1, health }))).toEqual({
    kind: 'done',
    epoch: 'e',
    round: 1,
    health: {
      status: 'healthy',
      isReady: false,
      isStarted: false,
      components: [{ name: 'database', status: 'healthy', critical: true }],
    },
  });
  const many = { status: 'healthy', components: Array(600).fill({ name: 'a', status: 'healthy' }) };
  const read = readFromWorker(envelope({ kind: 'done', epoch: 'e', round: 1, health: many }));
  expect((read as unknown as { health: typeof many }).health.components).toHaveLength(500);
});

it('nothing at all makes it throw', () => {
  fc.assert(
    fc.property(
      fc.object({ key: fc.constantFrom(...Object.keys(part), 'id', 'session', 'round', 'health') }),
      (fields) => {
        for (const kind of ['hello', 'part', 'done', 'bye', 'ask', 'who']) {
          readFromWorker({ ...fields, ...envelope({ kind }) });
          readFromPrimary({ ...fields, ...envelope({ kind }) });
        }
      },
    ),
  );
});
