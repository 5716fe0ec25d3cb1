import { setTimeout as wait } from 'node:timers/promises';
import { interleaved } from './rounds.mjs';
import { comparedAdded } from './rows.mjs';
import { SERVICE_VARIANTS, startService } from './service.mjs';
import { median } from './statistics.mjs';

/** What the start of monitoring adds to that of a bare HTTP service, and what sdk-node with Prometheus and OTLP adds. */
export async function measureStart(sink, { startRounds, say }) {
  const starts = await interleaved(SERVICE_VARIANTS, startRounds, async (variant, round) => {
    say(`start, ${variant}: round ${round + 1} of ${startRounds}`);
    const service = await startService(variant, sink);
    // what a start puts off until later is seen in the CPU time of its first second
    await wait(1000);
    const { cpuSeconds } = await service.measure();
    await service.stop();
    return { startMillis: service.startMillis, cpuMillis: cpuSeconds * 1000 };
  });
  const row = (what, field, judged) => {
    const [bare, ours, theirs] = SERVICE_VARIANTS.map((variant) => starts[variant].map((start) => start[field]));
    return comparedAdded(what, {
      ours,
      theirs,
      bare,
      unit: 'ms',
      note: `bare: ${median(bare).toFixed(0)} ms`,
      ...judged,
    });
  };
  return [
    row('start-up added, until it listens', 'startMillis', { budget: 0.25 }),
    row('start-up added, CPU of the first second', 'cpuMillis', {}),
  ];
}
