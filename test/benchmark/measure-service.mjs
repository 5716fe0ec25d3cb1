import { setTimeout as wait } from 'node:timers/promises';
import { resultOf } from './child-process.mjs';
import { inOrderOf } from './rounds.mjs';
import { comparedAdded } from './rows.mjs';
import { SERVICE_VARIANTS, startService } from './service.mjs';
import { median } from './statistics.mjs';

const MIB = 2 ** 20;
/**
 * As long as a reading of the host serves, so that each window has one. Of several the median is taken: V8 tidies up once or
 * twice, some time after the last work, and that is more than an idle service does otherwise.
 */
const WINDOW_SECONDS = 5;
/** Longer than the last spans wait for a batch to fill. */
const REST_SECONDS = 6;

/** What monitoring adds to a bare HTTP service, idle and under load, and what sdk-node with Prometheus and OTLP adds. */
export async function measureService(sink, { serviceRounds, idleWindows, requests, say }) {
  const lives = Object.fromEntries(SERVICE_VARIANTS.map((variant) => [variant, []]));
  for (let round = 0; round < serviceRounds; round += 1) {
    say(`service: round ${round + 1} of ${serviceRounds}`);
    const measured = await oneRound(inOrderOf(round, SERVICE_VARIANTS), sink, { idleWindows, requests });
    for (const [variant, life] of Object.entries(measured)) lives[variant].push(life);
  }
  const all = (variant, field) => lives[variant].map((life) => life[field]);
  const row = (what, field, unit, judged) => {
    const [bare, ours, theirs] = SERVICE_VARIANTS.map((variant) => all(variant, field));
    const bareMedian = median(bare);
    const note = `bare: ${bareMedian.toFixed(bareMedian < 1 ? 3 : 0)} ${unit}`;
    return { ...comparedAdded(what, { ours, theirs, bare, unit, note }), ...judged };
  };
  const each = (field, text) =>
    SERVICE_VARIANTS.map((variant) => `${variant} ${text(median(all(variant, field)))}`).join(', ');
  const mib = (value) => `${value.toFixed(0)} MB`;
  const count = (value) => Math.round(value).toLocaleString('en');
  return [
    {
      ...row('memory added to a bare HTTP service, idle', 'idleMib', 'MB', { limit: 10 }),
      note: `after a rest of ${idleWindows * WINDOW_SECONDS} s: ${each('idleMib', mib)}`,
    },
    {
      ...row(`memory added to it after ${count(requests)} requests`, 'loadMib', 'MB', { limit: 15 }),
      note: `after a rest of ${REST_SECONDS} s: ${each('loadMib', mib)}; the most on the way: ${each('greatestMib', mib)}`,
    },
    // what the other adds is next to nothing: a ratio to it would say nothing
    row('CPU added while idle', 'idleCpuPercent', '% of one processor', { limit: 1, ratio: undefined }),
    {
      ...row('CPU added per request of that load, one operation in each', 'loadMicros', 'µs', {}),
      note: `requests a second: ${each('perSecond', count)}; spans that arrived, the queue of each being bounded: ${each('spans', count)}`,
    },
  ];
}

/** One life of each: they rest together, since resting disturbs nobody, and are asked one after the other. */
async function oneRound(variants, sink, { idleWindows, requests }) {
  const services = [];
  for (const variant of variants) services.push({ variant, service: await startService(variant, sink), windows: [] });
  // what is started without waiting for it has a second to come to rest
  await wait(1000);
  for (const each of services) each.idle = await each.service.measure();
  for (let window = 0; window < idleWindows; window += 1) {
    await wait(WINDOW_SECONDS * 1000);
    for (const each of services) {
      const { cpuSeconds } = each.idle;
      each.idle = await each.service.measure();
      each.windows.push((100 * (each.idle.cpuSeconds - cpuSeconds)) / WINDOW_SECONDS);
    }
  }
  const lives = {};
  for (const { variant, service, idle, windows } of services) {
    const idleFigures = { idleMib: idle.rss / MIB, idleCpuPercent: median(windows) };
    lives[variant] = { ...idleFigures, ...(await underLoad(service, sink, requests)) };
    await service.stop();
  }
  return lives;
}

async function underLoad(service, sink, requests) {
  await sink.take();
  const before = await service.measure();
  const load = JSON.stringify({ port: service.port, requests });
  const { answered, seconds } = await resultOf('./load.mjs', { args: [load] });
  await wait(REST_SECONDS * 1000);
  const rested = await service.measure();
  const { counts } = await sink.take();
  return {
    loadMib: rested.rss / MIB,
    greatestMib: rested.greatestRss / MIB,
    // the rest after the load is export and tidying: part of its cost
    loadMicros: (1e6 * (rested.cpuSeconds - before.cpuSeconds)) / answered,
    perSecond: answered / seconds,
    spans: counts.spans,
  };
}
