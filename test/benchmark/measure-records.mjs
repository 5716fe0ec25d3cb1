import { resultOf } from './child-process.mjs';
import { figure } from './figure.mjs';
import { peerModule } from './peers.mjs';
import { interleaved } from './rounds.mjs';
import { compared, notMeasured } from './rows.mjs';
import { ratios, summary } from './statistics.mjs';

/** Each by so many records less that all take about the same time. */
const OWN = {
  bound: 1,
  'bound, exemplars': 1,
  'bound, 1 reader': 1,
  'bound, 3 readers': 1,
  sdk: 40,
  'sdk, 3 readers': 80,
};
const PROM_CLIENT = { 'prom-client': 20 };

/** One record on a bound histogram against prom-client's bound observe and the SDK's record: microseconds of CPU. */
export async function measureRecords(_sink, { rounds, records, say }) {
  const { promClient, reason } = findPromClient();
  const fewer = promClient === undefined ? OWN : { ...OWN, ...PROM_CLIENT };
  const results = await interleaved(Object.keys(fewer), rounds, (variant, round) => {
    say(`record, ${variant}: round ${round + 1} of ${rounds}`);
    const settings = { variant, count: records / fewer[variant], promClient };
    return resultOf('./record-child.mjs', { args: [JSON.stringify(settings)] });
  });
  const micros = (variant) => results[variant].map(({ microsPerCall }) => microsPerCall);
  const row = (what, ours, theirs, judged) =>
    theirs in results
      ? compared(what, { ours: micros(ours), theirs: micros(theirs), unit: 'µs', ...judged })
      : notMeasured(what, reason);
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

function findPromClient() {
  try {
    return { promClient: peerModule('prom-client') };
  } catch (reason) {
    return { reason };
  }
}
