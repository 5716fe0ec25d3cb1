import { resultOf } from './child-process.mjs';
import { findPromClient } from './prom-client.mjs';
import { ratios, summary } from './statistics.mjs';

/** One record on a bound histogram against prom-client's bound observe and the SDK's record: microseconds of CPU. */
export async function measureRecords({ rounds, records, say }) {
  const promClient = await findPromClient();
  const variants = promClient === undefined ? ['bound', 'sdk'] : ['bound', 'sdk', 'prom-client'];
  const micros = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    say(`bound record: round ${round + 1} of ${rounds}`);
    for (const variant of variants) {
      const settings = { variant, count: records, promClient };
      const { microsPerCall } = await resultOf('./record-child.mjs', { args: [JSON.stringify(settings)] });
      micros[variant].push(microsPerCall);
    }
  }
  const against = (variant, budget) => ({
    what: `bound histogram record, against ${variant === 'sdk' ? "the SDK's record" : "prom-client's bound observe"}`,
    unit: 'µs',
    ours: summary(micros.bound),
    theirs: summary(micros[variant]),
    ratio: summary(ratios(micros.bound, micros[variant])),
    budget,
  });
  const rows = [against('sdk', undefined)];
  if (promClient !== undefined) return [against('prom-client', 0.1), ...rows];
  return [
    { what: "bound histogram record, against prom-client's", missing: 'prom-client could not be installed' },
    ...rows,
  ];
}
