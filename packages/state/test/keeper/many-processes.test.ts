import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StateKeeper } from '../../src/index.js';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';

/** One process among several of a service, as far as its files know. */
class SimulatedProcess {
  readonly counts = new Counts();
  readonly keeper: StateKeeper;
  /** What would be lost if it was killed now. */
  unwritten = 0;

  constructor(private readonly directory: string) {
    this.keeper = keeperOf(directory, this.counts);
  }

  count(): void {
    this.counts.add('a');
    this.unwritten += 1;
  }

  async flush(): Promise<void> {
    await this.keeper.flush(5000);
    this.unwritten = 0;
  }

  end(): void {
    this.keeper.writeLast();
    this.unwritten = 0;
  }

  /** Its lock is that of a process which is gone. */
  kill(): void {
    const { slot } = this.keeper.status();
    if (slot === undefined) return;
    const folder = join(this.directory, 'shop', String(slot));
    const lock = readdirSync(folder).find((name) => name.startsWith('lock.')) as string;
    writeFileSync(join(folder, lock), 'free\n');
  }
}

it('whatever several processes do, and in whatever order they are killed, each count is there once', async () => {
  const command = fc.record({
    who: fc.nat(3),
    what: fc.constantFrom('count', 'count', 'flush', 'flush', 'merge', 'end', 'kill'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
      anotherProcess();
      const directory = temporaryFolder();
      const running = new Map<number, SimulatedProcess>();
      let truth = 0;
      for (const { who, what } of commands) {
        // each is a process of its own, which knows nothing of the others but what is in the files
        anotherProcess({ release: false });
        const process = running.get(who) ?? new SimulatedProcess(directory);
        running.set(who, process);
        if (what === 'count') {
          process.count();
          truth += 1;
        } else if (what === 'flush') await process.flush();
        else if (what === 'merge') {
          await process.flush();
          await process.keeper.merge();
        } else {
          if (what === 'kill') {
            truth -= process.unwritten;
            process.kill();
          } else process.end();
          running.delete(who);
        }
      }
      for (const process of running.values()) {
        anotherProcess({ release: false });
        process.end();
      }
      anotherProcess({ release: false });
      const last = new SimulatedProcess(directory);
      await last.keeper.open();
      await last.keeper.merge();
      last.end();
      expect(last.counts.all.a ?? 0).toBe(truth);
      expect((await restoredIn(directory)).a ?? 0).toBe(truth);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

it('several processes that merge at the same time take what others left once', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const processes: SimulatedProcess[] = [];
  for (let who = 0; who < 8; who += 1) {
    anotherProcess({ release: false });
    const process = new SimulatedProcess(directory);
    process.count();
    await process.flush();
    processes.push(process);
  }
  expect(processes.map(({ keeper }) => keeper.status().slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const [living, gone] = [processes.slice(0, 3), processes.slice(3)];
  for (const process of gone) process.kill();
  await Promise.all(living.map(({ keeper }) => keeper.merge()));
  expect(living.reduce((sum, { counts }) => sum + (counts.all.a ?? 0), 0)).toBe(8);
});
