import { hasArrived } from './arrived-spans.mjs';
import { startChild } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { comparedAdded } from './rows.mjs';
import { median } from './statistics.mjs';

const VARIANTS = ['bare', 'by-hand', 'with-monitor'];
const PER_SECOND = 2000;

/** What 2,000 operations a second add to the CPU time of a process, sampled and exported: percent of one processor. */
export async function measureRate(sink, { rounds, rateSeconds, rateWarmUpSeconds, say }) {
  const results = await interleaved(VARIANTS, rounds, async (variant, round) => {
    say(`2,000 operations a second, ${variant}: round ${round + 1} of ${rounds}`);
    const load = { perSecond: PER_SECOND, seconds: rateSeconds, warmUpSeconds: rateWarmUpSeconds };
    return oneRun(sink, { variant, ratio: 1, sink: sink.url, ...load });
  });
  const percent = (variant) =>
    results[variant].map(({ cpuSeconds, elapsedSeconds }) => (100 * cpuSeconds) / elapsedSeconds);
  const [bare, theirs, ours] = VARIANTS.map(percent);
  const operations = PER_SECOND * rateSeconds;
  return [
    comparedAdded('total CPU added by 2,000 operations a second, sampled, exported by OTLP', {
      unit: '% of one processor',
      ours,
      theirs,
      bare,
      budget: 0.7,
      note: `half of them async, for ${rateSeconds} s after ${rateWarmUpSeconds} s; bare: ${median(bare).toFixed(2)} %; every one of ${operations.toLocaleString('en')} spans arrived`,
    }),
  ];
}

async function oneRun(sink, settings) {
  const child = startChild('./rate-child.mjs', { args: [JSON.stringify(settings)] });
  await child.message('warm');
  await sink.take();
  child.send({ type: 'go' });
  const { result } = await child.message('result');
  await child.exited;
  const { spans } = (await sink.take()).counts;
  const expected = settings.variant === 'bare' ? 0 : result.operations;
  if (!hasArrived(spans, expected, 1)) throw new Error(`${settings.variant}: ${spans} spans of ${expected} arrived`);
  return result;
}
