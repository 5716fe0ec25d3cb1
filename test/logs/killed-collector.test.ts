import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../collector/until.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';

describe.skipIf(!collectorAvailable)('lines of a file, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-killed-logs-'));
  let backend: OtlpSink;
  let collector: CollectorProcess;
  const start = () =>
    startCollector({
      overlays: ['log-files.yaml', 'vendor.yaml', 'persistent-queue.yaml'],
      env: {
        COLLECTOR_LOG_FILES: join(folder, '*.log'),
        COLLECTOR_LOG_FOLDER: join(folder, 'positions'),
        COLLECTOR_QUEUE_FOLDER: join(folder, 'queue'),
        COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
        COLLECTOR_HANDOVER: 'memory_limiter',
        VENDOR_OTLP_ENDPOINT: backend.url,
      },
    });
  const arrived = () => new Set(backend.received().logs.map(({ item }) => item.attributes.line));
  beforeAll(async () => {
    backend = await startSink();
    collector = await start();
  });
  afterAll(async () => {
    await collector?.stop();
    await backend?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are all told of, though the Collector that read them is killed, twice', async () => {
    let line = 0;
    const writing = setInterval(() => {
      const lines = Array.from(
        { length: 20 },
        (_, index) => `${JSON.stringify({ msg: 'line', line: line + index })}\n`,
      );
      line += lines.length;
      appendFileSync(join(folder, 'shop.log'), lines.join(''));
    }, 5);
    for (let times = 0; times < 2; times += 1) {
      const before = line;
      await until(`line ${before}`, () => arrived().has(before) || undefined);
      await collector.kill();
      collector = await start();
    }
    clearInterval(writing);
    // the last line of a file waits for what may belong to it
    await until('all lines', () => arrived().size === line || undefined);
    expect(arrived()).toEqual(new Set(Array.from({ length: line }, (_, n) => n)));
  });
});
