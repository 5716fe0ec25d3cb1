import { resultOf } from './child-process.mjs';
import { figure } from './figure.mjs';
import { findPromClient } from './prom-client.mjs';
import { interleaved } from './rounds.mjs';
import { compared, notMeasured } from './rows.mjs';
import { ratios, summary } from './statistics.mjs';

const OWN = ['bound', 'bound, exemplars', 'bound, 1 reader', 'bound, 3 readers', 'sdk', 'sdk, 3 readers'];
/** What takes a hundred times as long is as exact with fewer. */
const SLOWER = { sdk: 5, 'sdk, 3 readers': 5, 'prom-client': 5 };

/** One record on a bound histogram against prom-client's bound observe and the SDK's record: microseconds of CPU. */
export async function measureRecords(_sink, { rounds, records, say }) {
  let promClient;
  let missing;
  try {
    promClient = findPromClient();
  } catch (error) {
    missing = error;
  }
  const variants = promClient === undefined ? OWN : [...OWN, 'prom-client'];
  const results = await interleaved(variants, rounds, (variant, round) => {
    say(`record, ${variant}: round ${round + 1} of ${rounds}`);
    return resultOf('./record-child.mjs', {
      args: [JSON.stringify({ variant, count: records / (SLOWER[variant] ?? 1), promClient })],
    });
  });
  const micros = (variant) => results[variant].map(({ microsPerCall }) => microsPerCall);
  const row = (what, ours, theirs, judged) =>
    theirs === 'prom-client' && missing !== undefined
      ? notMeasured(what, missing)
      : compared(what, { ours: micros(ours), theirs: micros(theirs), unit: 'µs', ...judged });
  const sdkReaders = figure(summary(ratios(micros('sdk, 3 readers'), micros('sdk'))));
  return [
    row(
      "bound histogram record, exemplars on, against prom-client's bound observe",
      'bound, exemplars',
      'prom-client',
      {
        budget: 0.1,
        note: 'prom-client keeps no exemplars here, which spares it their cost',
      },
    ),
    row('bound histogram record, exemplars off, against the same', 'bound', 'prom-client', { budget: 0.1 }),
    row('bound histogram record, with 3 readers against 1', 'bound, 3 readers', 'bound, 1 reader', {
      budget: 1.1,
      note: `each reader collects before each of 20 blocks and sees every record; the SDK's own record with 3 readers: ${sdkReaders} times that with 1`,
    }),
    row("bound histogram record, exemplars on, against the SDK's record", 'bound, exemplars', 'sdk', {}),
  ];
}
