import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Attributes } from '@opentelemetry/api';
import { HostMetrics } from '@opentelemetry/host-metrics';
import { MeterProvider, MetricReader, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { collectStore, MetricStore } from '@otel-monitor/bound-metrics';
import { expect, it } from 'vitest';
import { createHostMetrics } from '../src/start-host-metrics.js';

class ManualReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

const DEPRECATED: Record<string, string> = { 'system.cpu.state': 'cpu.mode', 'process.cpu.state': 'cpu.mode' };

/** `name attribute=value` to value; what is there for each processor is summed, deprecated names are those of today. */
function valuesOf(scopes: ScopeMetrics[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const { metrics } of scopes) {
    for (const { descriptor, dataPoints } of metrics) {
      for (const { attributes, value } of dataPoints) {
        if (typeof value !== 'number') continue;
        const key = `${descriptor.name} ${mapped(attributes)}`;
        values.set(key, (values.get(key) ?? 0) + value);
      }
    }
  }
  return values;
}

function mapped(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([name]) => name !== 'system.cpu.logical_number')
    .map(([name, value]) => `${DEPRECATED[name] ?? name}=${value === 'free' ? 'available' : value}`)
    .join();
}

/** Two readings within this are of one moment: what passes in it is a fraction of what may differ. */
const AT_ONCE_MILLIS = 100;

it.runIf(process.platform === 'linux').each(['linux', 'portable'] as const)(
  'the %s reader and @opentelemetry/host-metrics tell the same of CPU and memory (needs Linux)',
  async (reader) => {
    const theirReader = new ManualReader();
    const meterProvider = new MeterProvider({ readers: [theirReader] });
    const metricGroups = ['system.cpu', 'system.memory', 'process.cpu', 'process.memory'] as const;
    new HostMetrics({ meterProvider, metricGroups: [...metricGroups] } as never).start();
    const store = new MetricStore();
    const host = createHostMetrics(store, { cacheDurationSeconds: 0, reader });
    const both = async () => {
      const begun = performance.now();
      const own = valuesOf(collectStore(store));
      const { resourceMetrics } = await theirReader.collect();
      return { own, their: valuesOf(resourceMetrics.scopeMetrics), apartMillis: performance.now() - begun };
    };
    let before = await both();
    let after = before;
    do {
      before = after;
      const end = performance.now() + 1500;
      while (performance.now() < end) if (Math.random() < 0.001) await wait(1);
      after = await both();
      // what another process did between the two readings is no difference of theirs
    } while (before.apartMillis + after.apartMillis > AT_ONCE_MILLIS);
    const { own, their } = after;
    host.stop();
    await meterProvider.shutdown();

    expect(their.size).toBeGreaterThanOrEqual(15);
    for (const [key, value] of their) {
      const ours = own.get(key);
      expect(ours, key).toBeDefined();
      const difference = Math.abs((ours ?? 0) - value);
      if (key.startsWith('system.cpu.time')) {
        // theirs has hard interrupts only
        if (!key.endsWith('interrupt')) expect(difference, key).toBeLessThan(0.5);
      } else if (key.startsWith('system.cpu.utilization')) {
        expect(Math.abs((ours ?? 0) - value / cpus().length), key).toBeLessThan(0.15);
      } else if (key.startsWith('process.cpu')) {
        expect(difference, key).toBeLessThan(0.2);
      } else if (key.startsWith('process.memory.usage')) {
        expect(difference, key).toBeLessThan(30 * 2 ** 20);
      } else if (key.startsWith('system.memory.usage')) {
        expect(difference, key).toBeLessThan(500 * 2 ** 20);
      } else {
        expect(key).toMatch(/^system\.memory\.utilization/);
        expect(difference, key).toBeLessThan(0.05);
      }
    }
  },
);
