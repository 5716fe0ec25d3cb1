import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OtlpLogRecord, Scoped } from '../otlp/json-lines.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { ContainerLog } from './container-log.js';

const loggers = fileURLToPath(new URL('../logs/programs/loggers.mjs', import.meta.url));
const of = (namespace: string, pod: string, container: string, restarts = 0) => ({
  ...{ namespace, pod, container, restarts },
  uid: `0a1b2c3d-0000-4000-8000-${pod.length.toString().padStart(12, '0')}`,
});

describe.skipIf(!collectorAvailable)('log files of pods, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-pod-logs-'));
  const pods = join(folder, 'pods');
  /** Lines of pino, in spans that went to the Collector. */
  let written: string[];
  let backend: OtlpSink;
  let collector: CollectorProcess;

  /** As the DaemonSet has it: lines that were taken are on disk before they are remembered as read. */
  const start = () =>
    startCollector({
      overlays: ['kubernetes-pod-logs.yaml', 'vendor.yaml', 'persistent-queue.yaml'],
      env: {
        COLLECTOR_POD_LOGS: pods,
        COLLECTOR_POD_LOGS_FOLDER: join(folder, 'positions'),
        COLLECTOR_POD_LOGS_EXCLUDE: 'kube-system_*',
        COLLECTOR_QUEUE_FOLDER: join(folder, 'queue'),
        COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
        COLLECTOR_HANDOVER: 'memory_limiter',
        VENDOR_OTLP_ENDPOINT: backend.url,
      },
    });
  const records = (container: string): Scoped<OtlpLogRecord>[] =>
    backend.received().logs.filter(({ resource }) => resource['k8s.container.name'] === container);
  const recordsWhen = async (container: string, ready: (found: Scoped<OtlpLogRecord>[]) => boolean) => {
    for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) {
      if (ready(records(container))) return records(container);
    }
    const bodies = records(container).map(({ item }) => String(item.body).slice(0, 80));
    throw new Error(`${container}: ${JSON.stringify(bodies)}\n${collector.logs()}`);
  };

  beforeAll(async () => {
    mkdirSync(pods);
    backend = await startSink();
    collector = await start();
    const env = { ...process.env, LOGS: folder, COLLECTOR: collector.otlpHttpUrl };
    await promisify(execFile)(process.execPath, [loggers], { env });
    written = readFileSync(join(folder, 'pino.log'), 'utf8').trim().split('\n');
    writeAll();
  });
  afterAll(async () => {
    await collector?.stop();
    await backend?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const longText = 'all of it '.repeat(4_000);

  /** Everything that the first tests look for, at once. What must not come is there before what must. */
  function writeAll(): void {
    const collectors = [
      of('observability', 'otel-agent-x', 'otel-collector'),
      of('observability-node', 'otel-pod-logs-x', 'otel-collector'),
    ];
    for (const each of [...collectors, of('kube-system', 'coredns-1', 'coredns')]) {
      new ContainerLog(pods, each).write('not for anybody');
    }
    const packed = new ContainerLog(pods, of('shop', 'packed-123', 'packed'));
    const inPacked = (name: string, bytes: string | Buffer) => writeFileSync(join(packed.folder, name), bytes);
    inPacked('0.log.20260101-000000.gz', gzipSync('2026-01-01T00:00:00Z stdout F packed\n'));
    inPacked('0.log.20260101-000001.tmp', '2026-01-01T00:00:00Z stdout F half packed\n');
    packed.write('{"msg":"the last one"}');

    const shop = new ContainerLog(pods, of('shop', 'shop-7c9d', 'shop', 3));
    for (const line of written) shop.write(line);

    const long = new ContainerLog(pods, of('shop', 'long-1', 'long'));
    long.write(JSON.stringify({ level: 40, msg: 'json', text: longText }));
    long.write(`text ${longText}end`, 'stderr');

    const bytes = new ContainerLog(pods, of('shop', 'bytes-12', 'bytes'));
    bytes.write(Buffer.from('caf\xe9 latin', 'latin1'));
    // four bytes each, of which the last but one has its first three before the cut at 16,384
    bytes.write(`cut: ${'𝄞'.repeat(4_096)}`);

    const text = new ContainerLog(pods, of('shop', 'text-12', 'text'));
    text.atOnce(() => {
      text.write('2026-11-24T00:00:00.123Z ERROR sheet 12 failed', 'stderr');
      text.write('    at decode (/srv/shop/decode.js:1:1)', 'stderr');
      text.write('listening', 'stdout');
      text.write('    at run (/srv/shop/run.js:2:2)', 'stderr');
      text.write('next', 'stderr');
    });
  }

  it('lines of JSON join the spans that they were written in, and have the names of their pod', async () => {
    const found = await recordsWhen('shop', (all) => all.length === written.length);
    for (const until = Date.now() + 60_000; backend.received().spans.length < 3 && Date.now() < until; )
      await delay(100);
    const span = backend.received().spans.find(({ item }) => item.name === 'by pino')?.item;
    const { resource, item } = found.find(({ item }) => item.body === 'decoded') as Scoped<OtlpLogRecord>;
    expect(resource).toEqual({
      'service.name': 'shop',
      'k8s.namespace.name': 'shop',
      'k8s.pod.name': 'shop-7c9d',
      'k8s.pod.uid': of('shop', 'shop-7c9d', 'shop').uid,
      'k8s.container.name': 'shop',
      'k8s.container.restart_count': '3',
    });
    const { time } = JSON.parse(written[0] as string) as { time: number };
    expect(item).toMatchObject({ traceId: span?.traceId, spanId: span?.spanId, timeUnixNano: `${time}000000` });
    expect([item.severityText, item.severityNumber]).toEqual(['INFO', 9]);
    const { 'process.pid': pid, 'host.name': host, ...attributes } = item.attributes;
    expect([pid, host]).toEqual([expect.any(Number), expect.any(String)]);
    expect(attributes).toEqual({ 'log.iostream': 'stdout', sheet: 12, nested: { tile: 3 } });
    const failed = found.find(({ item }) => item.body === 'decoding failed')?.item;
    expect(failed?.attributes['exception.stacktrace']).toMatch(/^RangeError: tile 12 out of range\n {4}at /);
  });

  it('a line that containerd cut into parts is one record', async () => {
    const found = await recordsWhen('long', (all) => all.length === 2);
    const [json, plain] = found.map(({ item }) => item).sort((one) => (one.body === 'json' ? -1 : 1));
    expect(json).toMatchObject({ body: 'json', severityNumber: 13 });
    expect(json?.attributes.text === longText).toBe(true);
    expect(plain?.body === `text ${longText}end`).toBe(true);
  });

  it('what is no UTF-8, and a character that was cut in two, becomes U+FFFD and costs nothing else', async () => {
    const found = await recordsWhen('bytes', (all) => all.length === 2);
    const bodies = found.map(({ item }) => String(item.body).replace(/\ufffd+/g, '?')).sort();
    expect(bodies[0]).toBe('caf? latin');
    expect(bodies[1] === `cut: ${'𝄞'.repeat(4_094)}?𝄞`).toBe(true);
  });

  it('a stack trace is one record, also while the other stream is written to', async () => {
    const found = await recordsWhen('text', (all) => all.length === 3);
    const ofStream = (stream: string) =>
      found.map(({ item }) => item).filter(({ attributes }) => attributes['log.iostream'] === stream);
    expect(ofStream('stdout').map(({ body }) => body)).toEqual(['listening']);
    expect(ofStream('stderr').map(({ body }) => body)).toEqual([
      '2026-11-24T00:00:00.123Z ERROR sheet 12 failed\n    at decode (/srv/shop/decode.js:1:1)\n    at run (/srv/shop/run.js:2:2)',
      'next',
    ]);
    expect(ofStream('stderr')[0]).toMatchObject({ severityNumber: 17, timeUnixNano: '1795478400123000000' });
  });

  it('through rotations, and while the Collector is away, each line comes, and comes once', async () => {
    const log = new ContainerLog(pods, of('shop', 'rotated-12345', 'rotated'));
    let line = 0;
    const write = (count: number) => {
      for (const end = line + count; line < end; line += 1) log.write(JSON.stringify({ msg: 'line', line }));
    };
    for (let rotation = 0; rotation < 2; rotation += 1) {
      write(300);
      const expected = line;
      await recordsWhen('rotated', (all) => all.length >= expected);
      write(100);
      log.rotate();
    }
    write(10);
    const expected = line;
    await recordsWhen('rotated', (all) => all.length >= expected);
    // one rotation: with the next one what was renamed is packed
    await collector.stop();
    write(200);
    log.rotate();
    write(200);
    collector = await start();
    const found = await recordsWhen('rotated', (all) => all.length >= line);
    const numbers = found.map(({ item }) => item.attributes.line as number).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: line }, (_, number) => number));
  });

  it('of a Collector that is killed nothing is lost', async () => {
    const log = new ContainerLog(pods, of('shop', 'killed-1', 'killed'));
    let line = 0;
    const writing = setInterval(() => {
      for (const end = line + 20; line < end; line += 1) log.write(JSON.stringify({ msg: 'line', line }));
    }, 5);
    for (let times = 0; times < 2; times += 1) {
      const before = line;
      await recordsWhen('killed', (all) => all.length > before);
      await collector.kill();
      collector = await start();
    }
    clearInterval(writing);
    const distinct = (all: Scoped<OtlpLogRecord>[]) => new Set(all.map(({ item }) => item.attributes.line)).size;
    expect(distinct(await recordsWhen('killed', (all) => distinct(all) === line))).toBe(line);
  });

  it('files of the Collectors, of pods that are left out, and packed ones are not read', async () => {
    const found = await recordsWhen('packed', (all) => all.length > 0);
    expect(found.map(({ item }) => item.body)).toEqual(['the last one']);
    expect(records('otel-collector')).toEqual([]);
    expect(records('coredns')).toEqual([]);
  });
});
