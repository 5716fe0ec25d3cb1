import { setTimeout as delay } from 'node:timers/promises';

/** What a program says of the spans that it has made, in its self-metrics. */
export interface SpansProcessed {
  readonly delivered: number;
  /** By `error.type`: queue_full and others. */
  readonly lost: Readonly<Record<string, number>>;
}

/** Reads them off the program's page once nothing waits any more: what waits is neither delivered nor lost. */
export async function spansProcessed(metricsUrl: string): Promise<SpansProcessed> {
  const { '': delivered = 0, ...lost } = processed(await emptiedQueue(metricsUrl));
  return { delivered, lost };
}

/** Resolves when spans are lost because there is no room in the queue. */
export async function fullQueue(metricsUrl: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await delay(200)) {
    const { queue_full: lost = 0 } = processed(await (await fetch(metricsUrl)).text());
    if (lost > 0) return;
    if (Date.now() > deadline) throw new Error('the queue does not get full');
  }
}

async function emptiedQueue(metricsUrl: string): Promise<string> {
  for (const deadline = Date.now() + 60_000; ; await delay(500)) {
    const page = await (await fetch(metricsUrl)).text();
    const open = Number(/^otel_sdk_span_live\S* (\d+)/m.exec(page)?.[1] ?? 0);
    const waiting = Number(/^otel_sdk_processor_span_queue_size\S* (\d+)/m.exec(page)?.[1]);
    const inFlight = Number(/^otel_sdk_exporter_span_inflight\S* (\d+)/m.exec(page)?.[1] ?? 0);
    if (open + waiting + inFlight === 0) return page;
    if (Date.now() > deadline) throw new Error(`spans still wait: ${waiting}, under way: ${inFlight}, open: ${open}`);
  }
}

/** `otel.sdk.processor.span.processed` by `error.type`; that of those delivered is empty. */
function processed(page: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, labels = '', value] of page.matchAll(/^otel_sdk_processor_span_processed\w*\{(.*)\} (\d+)/gm)) {
    const type = /error_type="([^"]*)"/.exec(labels)?.[1] ?? '';
    counts[type] = (counts[type] ?? 0) + Number(value);
  }
  return counts;
}
