import { MetricStore } from '@otel-monitor/bound-metrics';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Workers } from '../../src/primary/workers.js';
import { joinWorker, type MadeWorker } from '../in-memory-channel.js';
import { type Recording, record, recordForStoresAlone, valuesOf } from '../made-metrics.js';

recordForStoresAlone();

const added = ['counter', 'up_down', 'histogram', 'exponential'] as const satisfies readonly Recording[];

// sixty-fourths are added without a rounding, in whatever order
const amount = fc.integer({ min: 0, max: 1_000_000 }).map((whole) => whole / 64);
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      kind: fc.constantFrom(...added),
      amount,
      who: fc.nat(3),
      tenant: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('collect' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('respawn' as const), who: fc.integer({ min: 1, max: 3 }) }) },
);

it('any number of processes together are one store that has recorded everything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const whole = new MetricStore();
      const own = new MetricStore();
      const workers = new Workers({ store: own });
      let nextId = 4;
      const members: MadeWorker[] = [1, 2, 3].map((id) => joinWorker(workers, String(id)));
      // from then on they know whom to tell what is left
      await workers.collect();
      for (const each of steps) {
        if (each.do === 'collect') await workers.collect();
        else if (each.do === 'respawn') {
          // up-down counters of the departed go: this one has brought its own back to nothing
          const leaving = members[each.who - 1]!;
          for (const tenant of [0, 1, 2]) {
            const key = `up_down{tenant=${tenant}}`;
            const left = (valuesOf(leaving.store)[key] as number | undefined) ?? 0;
            if (left === 0) continue;
            record(leaving.store, 'up_down', -left, { tenant });
            record(whole, 'up_down', -left, { tenant });
          }
          leaving.member.tellLast();
          leaving.end();
          members[each.who - 1] = joinWorker(workers, String(nextId));
          nextId += 1;
          await workers.collect();
        } else {
          const store = each.who === 0 ? own : members[each.who - 1]!.store;
          record(store, each.kind, each.amount, { tenant: each.tenant });
          record(whole, each.kind, each.amount, { tenant: each.tenant });
        }
      }
      await workers.collect();
      expect(nonZero(valuesOf(workers))).toEqual(nonZero(valuesOf(whole)));
    }),
    { numRuns: 400 },
  );
});

/** A sum that is back at nothing is there in one and gone in the other. */
function nonZero(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0));
}
