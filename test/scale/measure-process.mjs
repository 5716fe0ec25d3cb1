import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../benchmark/child-process.mjs';

const PROGRAM = '../faults/programs/steady-operations.mjs';
/** A request of the benchmark's spans has about as many bytes of attributes. */
const DETAIL_BYTES = 200;
const WARM_SECONDS = 2;

/** One application process at each rate: what it reaches, loses, uses, and how many bytes a span has on the wire. */
export async function measureProcess({ rates, seconds, say }) {
  const backend = startChild('../scale/swallow.mjs');
  const { port } = await backend.message('listening');
  const take = () => {
    backend.send({ type: 'take' });
    return backend.message('taken');
  };
  const results = [];
  try {
    for (const rate of rates) {
      say(`one process: ${rate} operations a second`);
      await take();
      const env = { SINK: `http://127.0.0.1:${port}`, PER_SECOND: String(rate), DETAIL_BYTES: String(DETAIL_BYTES) };
      const child = startChild(PROGRAM, { env });
      const { metricsUrl } = await child.message('working');
      const usage = () => {
        child.send('usage');
        return child.message('usage');
      };
      await delay(WARM_SECONDS * 1000);
      const before = await usage();
      await delay(seconds * 1000);
      const after = await usage();
      child.send('stop');
      await child.message('stop');
      const page = await settledPage(metricsUrl);
      child.send('end');
      await child.exited;
      const { bytes } = await take();
      const { '': delivered = 0, ...lost } = processed(page);
      results.push({
        offered: rate,
        perSecond: (after.operations - before.operations) / seconds,
        lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
        processors: (after.cpuSeconds - before.cpuSeconds) / seconds,
        rss: after.rssMebibytes,
        bytesPerSpan: bytes / delivered,
        samples: page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
      });
    }
  } finally {
    backend.kill();
  }
  return results;
}

/** The page once no span waits. */
async function settledPage(url) {
  for (const deadline = Date.now() + 30_000; ; await delay(500)) {
    const page = await (await fetch(url)).text();
    const size = (name) => Number(new RegExp(`^${name}\\S* (\\d+)`, 'm').exec(page)?.[1] ?? 0);
    const open = size('otel_sdk_processor_span_queue_size') + size('otel_sdk_exporter_span_inflight');
    if (open === 0) return page;
    if (Date.now() > deadline) throw new Error(`${open} spans still wait`);
  }
}

/** `otel.sdk.processor.span.processed` by `error.type`; that of those delivered is empty. */
function processed(page) {
  const counts = {};
  for (const [, labels = '', value] of page.matchAll(/^otel_sdk_processor_span_processed\w*\{(.*)\} (\d+)/gm)) {
    const type = /error_type="([^"]*)"/.exec(labels)?.[1] ?? '';
    counts[type] = (counts[type] ?? 0) + Number(value);
  }
  return counts;
}
