import { expectedSpans, hasArrived } from './arrived-spans.mjs';
import { startChild } from './child-process.mjs';

const LONGEST_PAUSE_MILLIS = 2000;

/**
 * A round of these variants, one after the other, with as long a pause between the blocks as lets every span arrive at the
 * sink: a side that loses spans has done less. Remembers the pause for later rounds.
 * @param {{ pauseMillis: number }} schedule
 */
export async function completeRound(sink, variants, { what, settings, schedule, say }) {
  for (;;) {
    const results = {};
    const lost = [];
    for (const variant of variants) {
      const run = { ...settings, pauseMillis: schedule.pauseMillis, variant, sink: sink.url };
      const { result, spans } = await countedRun(sink, run);
      results[variant] = result;
      const expected = variant === 'bare' ? 0 : expectedSpans(run);
      if (!hasArrived(spans, expected, settings.ratio)) lost.push(`${variant} ${spans} of ${expected}`);
    }
    if (lost.length === 0) return results;
    schedule.pauseMillis *= 2;
    if (schedule.pauseMillis > LONGEST_PAUSE_MILLIS) throw new Error(`${what}: spans are lost (${lost.join(', ')})`);
    say(`${what}: spans are lost (${lost.join(', ')}): again with pauses of ${schedule.pauseMillis} ms`);
  }
}

async function countedRun(sink, run) {
  const args = [JSON.stringify({ ...run, isCounted: true })];
  const child = startChild('./operation-child.mjs', { args, nodeOptions: ['--expose-gc'] });
  await child.message('warm');
  await sink.take();
  child.send({ type: 'go' });
  const { result } = await child.message('result');
  await child.exited;
  return { result, spans: (await sink.take()).counts.spans };
}
