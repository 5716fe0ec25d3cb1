import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CollectorProcess, startCollector } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';
import { type Child, startChild } from './child-messages.js';
import { fullQueue, spansProcessed } from './spans-processed.js';

export interface RestartSettings {
  readonly perSecond: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  readonly restarts: number;
  /** How long the Collector stays away each time, at least: until spans are lost because the queue is full. */
  readonly awaySeconds: number;
  /** Of the service. */
  readonly env?: Record<string, string>;
}

export interface RestartRun {
  /** Requests, those of the warm-up too. */
  readonly requests: number;
  readonly failed: number;
  readonly p99Millis: number;
  /** Growth of heap and buffers after a garbage collection, and of the resident set. */
  readonly grownMegabytes: number;
  readonly rssMegabytes: number;
  /** Different spans that the Collector wrote, in all its lives. */
  readonly received: number;
  /** Spans of the processor's self-metric: lost by `error.type`, and delivered. */
  readonly lost: Readonly<Record<string, number>>;
  readonly delivered: number;
  /** What the status says was lost. */
  readonly dropped: number;
  readonly code: number | null;
  /** Lines on stderr. */
  readonly lines: readonly string[];
}

const overlay = fileURLToPath(new URL('spans-to-file.yaml', import.meta.url));

/** A service under a steady load whose Collector is ended and started again, evenly spread over the time. */
export async function runRestarts(settings: RestartSettings): Promise<RestartRun> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-restarts-'));
  const files: string[] = [];
  const [port] = await freePorts(1);
  const start = () => {
    const file = join(folder, `spans-${files.length}.jsonl`);
    files.push(file);
    return startCollector({ config: [overlay], env: { SPANS_FILE: file, COLLECTOR_OTLP_HTTP_PORT: String(port) } });
  };
  let collector: CollectorProcess | undefined = await start();
  const children: Child[] = [];
  try {
    const service = startChild('http-service.mjs', {
      // V8's young generation has its full size from the start: else it grows when it likes, and counts as memory of ours
      nodeOptions: ['--expose-gc', '--min-semi-space-size=16'],
      env: { SINK: collector.otlpHttpUrl, ...settings.env },
    });
    children.push(service);
    const listening = await service.message('listening');
    const load = (seconds: number) => {
      const args = [JSON.stringify({ port: listening.port, perSecond: settings.perSecond, seconds })];
      const child = startChild('steady-load.mjs', { args });
      children.push(child);
      return child.message('done') as Promise<{ asked: number; failed: number; p99Millis: number }>;
    };
    const warm = await load(settings.warmSeconds);
    const before = await service.ask('memory');

    const loaded = load(settings.seconds);
    const lifeSeconds = (settings.seconds - settings.restarts * settings.awaySeconds) / (settings.restarts + 1);
    for (let restart = 0; restart < settings.restarts; restart += 1) {
      await delay(lifeSeconds * 1000);
      await collector.stop();
      collector = undefined;
      await delay(settings.awaySeconds * 1000);
      // also where the load is slower than it should be
      await fullQueue(String(listening.metricsUrl));
      collector = await start();
    }
    const done = await loaded;
    const after = await service.ask('memory');
    const { delivered, lost } = await spansProcessed(String(listening.metricsUrl));
    const { dropped } = await service.ask('end');
    const code = await service.ended;
    await collector.stop();
    collector = undefined;
    return {
      requests: warm.asked + done.asked,
      failed: warm.failed + done.failed,
      p99Millis: done.p99Millis,
      grownMegabytes: Number(after.usedMegabytes) - Number(before.usedMegabytes),
      rssMegabytes: Number(after.rssMegabytes) - Number(before.rssMegabytes),
      received: spanIds(files).size,
      lost,
      delivered,
      dropped: Number(dropped),
      code,
      lines: service
        .stderr()
        .split('\n')
        .filter((line) => line !== ''),
    };
  } finally {
    for (const child of children) child.kill();
    await collector?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A span that was sent twice is one. */
function spanIds(files: readonly string[]): Set<string> {
  const ids = new Set<string>();
  for (const file of files) {
    for (const [, id] of readFileSync(file, 'utf8').matchAll(/"spanId":"([0-9a-f]{16})"/g)) ids.add(id as string);
  }
  return ids;
}
