/**
 * What the HTTP service and the HTTP client under measurement have in common: they tell their parent what they use when they
 * are asked, hand over what waits to be exported, and give their metric points back.
 */
import { trace } from '@opentelemetry/api';
import { cpuMicros } from './cpu-micros.mjs';
import { metricPoints } from './metric-points.mjs';

/** Where the reference leaves its metric reader. */
export const READER = Symbol.for('benchmark.metric-reader');

/**
 * @param {Record<string, (message: any) => unknown>} [own] what this child answers besides, by the message's type
 */
export function answerParent(own = {}) {
  const answers = {
    cpu: () => cpuMicros(),
    // of both the same: the provider that is registered, by the API that both have
    flush: () => trace.getTracerProvider().getDelegate?.().forceFlush?.(),
    points: async () => metricPoints(await scopeMetrics()).filter(({ name }) => name.startsWith('http.')),
    ...own,
  };
  process.on('message', async ({ type, ...message }) => {
    process.send({ type: `${type} done`, result: await answers[type](message) });
  });
  process.on('disconnect', () => process.exit());
}

async function scopeMetrics() {
  const reader = globalThis[READER];
  if (reader !== undefined) return (await reader.collect()).resourceMetrics.scopeMetrics;
  const { collectStore, metricStore } = await import('@otel-monitor/bound-metrics');
  return collectStore(metricStore);
}
