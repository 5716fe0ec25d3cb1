import { measureService } from './service.mjs';
import { differences, ratios, summary } from './statistics.mjs';

const VARIANTS = ['bare', 'otel-monitor', 'sdk-node'];

/** What monitoring adds to a bare HTTP service, and what sdk-node with Prometheus and OTLP adds to it. */
export async function measureServices(sink, { rounds, say, ...schedule }) {
  const lives = Object.fromEntries(VARIANTS.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of VARIANTS) {
      say(`service, ${variant}: round ${round + 1} of ${rounds}`);
      lives[variant].push(await measureService(variant, sink, schedule));
    }
  }
  const added = (variant, field) =>
    differences(
      lives[variant].map((life) => life[field]),
      lives.bare.map((life) => life[field]),
    );
  const row = (what, field, unit, judged) => {
    const ours = added('otel-monitor', field);
    const theirs = added('sdk-node', field);
    const bare = summary(lives.bare.map((life) => life[field])).median;
    const note = `bare: ${bare.toFixed(bare < 1 ? 3 : 0)} ${unit}`;
    return {
      what,
      unit,
      ours: summary(ours),
      theirs: summary(theirs),
      ratio: summary(ratios(ours, theirs)),
      note,
      ...judged,
    };
  };
  const answered = VARIANTS.map(
    (variant) => `${variant} ${summary(lives[variant].map((life) => life.answered)).median}`,
  );
  return [
    row('memory added to a bare HTTP service, idle', 'idleMib', 'MB', { limit: 10 }),
    row('memory added to it under load', 'loadMib', 'MB', { limit: 15 }),
    row('start-up added, until it listens', 'startMillis', 'ms', { budget: 0.25 }),
    row('start-up added, CPU of the first second', 'startCpuMillis', 'ms', {}),
    // what the other adds is next to nothing: a ratio to it would say nothing
    row('CPU added while idle, of one processor', 'idleCpuPercent', '%', { limit: 1, ratio: undefined }),
    {
      ...row('CPU added per request, one operation in each', 'loadMicros', 'µs', {}),
      note: `${schedule.perSecond} requests a second for ${schedule.loadSeconds} s; answered: ${answered.join(', ')}`,
    },
  ];
}
