import { collectStore, type MetricStore } from '@otel-monitor/bound-metrics';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { envelope } from '../../src/channels/links.js';
import { Contribution } from '../../src/primary/contribution.js';
import { SummedSeries } from '../../src/primary/summed-series.js';
import type { Part, WireInstrument } from '../../src/wire/message.js';
import { readFromWorker } from '../../src/wire/read-message.js';
import { recordForStoresAlone, valuesOf } from '../made-metrics.js';

recordForStoresAlone();

let summed: SummedSeries;
let contribution: Contribution;
beforeEach(() => {
  summed = new SummedSeries(2000);
  contribution = new Contribution({ summed, unmergeable: () => {} }, '1');
});

const none: Part = { instruments: [], series: [], restarted: [], values: [], exemplars: [], gone: [] };
const instrument = (id: number, kind: WireInstrument['kind'], buckets?: WireInstrument['buckets']): WireInstrument => ({
  ...{ id, scope: { name: 's' }, name: `${kind}${id}`, unit: '', description: '', kind },
  ...(buckets && { buckets }),
});

it('what was never described, or twice, is left out', () => {
  contribution.apply({
    ...none,
    values: [[7, 1]],
    gone: [7],
    restarted: [7],
    exemplars: [[7, 0, 1, 1, 1, 1, 1, 1, 1, 1]],
  });
  contribution.apply({ ...none, series: [[1, 0, 0, {}]], values: [[1, 1]] });
  expect(contribution.size).toBe(0);
  contribution.apply({
    ...none,
    instruments: [instrument(0, 'counter')],
    series: [
      [1, 0, 0, {}],
      [1, 0, 0, { other: 1 }],
    ],
    values: [[1, 4]],
  });
  expect(contribution.size).toBe(1);
  expect(valuesOf(summed.store)).toEqual({ counter0: 4 });
});

it('a total that is told twice counts once', () => {
  contribution.apply({ ...none, instruments: [instrument(0, 'counter')], series: [[1, 0, 0, {}]], values: [[1, 4]] });
  contribution.apply({
    ...none,
    values: [
      [1, 4],
      [1, 4],
    ],
  });
  expect(valuesOf(summed.store)).toEqual({ counter0: 4 });
});

it('fifty thousand series are taken, and no more', () => {
  summed.store.seriesPerMetric = 10;
  contribution.apply({ ...none, instruments: [instrument(0, 'counter')] });
  for (let id = 0; id < 50_010; id += 1)
    contribution.apply({ ...none, series: [[id, 0, 0, { id }]], values: [[id, 1]] });
  expect(contribution.size).toBe(50_000);
  expect(valuesOf(summed.store)['counter0{otel.metric.overflow=true}']).toBe(49_990);
});

it('a series without anything in it is there', () => {
  contribution.apply({
    ...none,
    instruments: [instrument(0, 'counter'), instrument(1, 'up_down_counter')],
    series: [
      [1, 0, 0, {}],
      [2, 1, 0, {}],
    ],
    values: [
      [1, 0],
      [2, 0],
    ],
  });
  expect(valuesOf(summed.store)).toEqual({ counter0: 0, up_down_counter1: 0 });
});

it('nothing that is understood makes it throw, and counters never fall', () => {
  const id = fc.nat(5);
  const value = fc.array(fc.oneof(fc.nat(10), fc.double(), fc.constant(null)), { maxLength: 9 });
  const buckets = fc.constantFrom<WireInstrument['buckets'][]>(undefined, [], [1], [1, 2], 'exponential');
  const kinds = fc.constantFrom<WireInstrument['kind'][]>('counter', 'up_down_counter', 'histogram', 'gauge');
  const part = fc.record({
    instruments: fc.array(fc.tuple(id, kinds, buckets), { maxLength: 3 }),
    series: fc.array(fc.tuple(id, id, fc.oneof(fc.double(), fc.nat()), fc.dictionary(fc.string(), fc.anything())), {
      maxLength: 3,
    }),
    restarted: fc.array(id, { maxLength: 2 }),
    values: fc.array(
      fc.tuple(id, value).map(([of, rest]) => [of, ...rest]),
      { maxLength: 6 },
    ),
    exemplars: fc.array(fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 10, maxLength: 10 }), { maxLength: 3 }),
    gone: fc.array(id, { maxLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const sums = new SummedSeries(3);
      const told = new Contribution({ summed: sums, unmergeable: () => {} }, undefined);
      for (const each of parts) {
        const instruments = each.instruments.map((made) => instrument(...made));
        const before = counters(sums.store);
        const message = readFromWorker(envelope({ kind: 'part', epoch: '', ...each, instruments, gone: [] }));
        told.apply(message as unknown as Part);
        for (const [key, count] of Object.entries(counters(sums.store))) {
          expect(count).toBeGreaterThanOrEqual(before[key] ?? 0);
        }
        told.apply({ ...none, gone: each.gone });
      }
      told.depart();
      expect(told.size).toBe(0);
    }),
    { numRuns: 500 },
  );
});

function counters(store: MetricStore): Record<string, number> {
  const all = Object.entries(valuesOf(store)).filter(([key]) => key.startsWith('counter'));
  expect(() => collectStore(store)).not.toThrow();
  return Object.fromEntries(all) as Record<string, number>;
}
