import { cpus, loadavg } from 'node:os';
import { figure } from './figure.mjs';
import { PEERS } from './peers.mjs';
import { isHeld } from './rows.mjs';

const HEADING = ['what', 'otel-monitor', 'compared with', 'ratio', 'budget', 'held'];
const BY_HAND = '<!-- Below this line the page is written by hand; npm run bench keeps it. -->';

/**
 * The rows as lines of a Markdown table.
 * @param {readonly import('./rows.mjs').Row[]} rows
 */
export function table(rows) {
  const cells = [HEADING, HEADING.map(() => '---'), ...rows.map(cellsOf)];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {import('./rows.mjs').Row} row */
function cellsOf(row) {
  if (row.missing !== undefined) return [row.what, `not measured: ${row.missing}`, '', '', budgetOf(row), 'unknown'];
  const held = isHeld(row);
  return [
    row.what,
    figure(row.ours, row.unit),
    row.theirs === undefined ? '' : figure(row.theirs, row.unit),
    row.ratio === undefined ? '' : figure(row.ratio),
    budgetOf(row),
    held === undefined ? '' : held ? 'yes' : '**no**',
  ];
}

/** @param {{ budget?: number | undefined, limit?: number | undefined, unit?: string | undefined }} row */
function budgetOf({ budget, limit, unit }) {
  if (budget !== undefined) return `≤ ${budget} ×`;
  return limit === undefined ? '' : `≤ ${limit} ${unit}`;
}

/**
 * The whole page. What was written by hand on the page before stays.
 * @param {{ rows: readonly import('./rows.mjs').Row[], settings: Record<string, any>, date: string, equalWork: string, loadBefore: number, minutes: string }} run
 * @param {string} pageBefore
 */
export function page({ rows, settings, date, equalWork, loadBefore, minutes }, pageBefore) {
  const missed = rows.filter((row) => isHeld(row) === false);
  const unknown = rows.filter((row) => row.missing !== undefined);
  const notes = rows.filter(({ note }) => note !== undefined).map(({ what, note }) => `- ${what}: ${note}`);
  const load = [loadBefore, /** @type {number} */ (loadavg()[0])].map((value) => value.toFixed(1)).join(' before, ');
  return `# Benchmarks

Written by \`npm run bench\` on ${date}, in ${minutes} minutes: Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'},
load average ${load} after. Medians of ${settings.rounds} rounds (memory: ${settings.serviceRounds}, peers: ${settings.peerRounds}, start-up: ${settings.startRounds}), least and
greatest in brackets. Ratios are taken within a round, whose processes run one after the other, in another order each time: what
disturbs one will disturb the next. Read the ratios, not the microseconds.

${table(rows)}

${missed.length === 0 ? 'No budget is missed.' : `Missed: ${missed.map(({ what }) => what).join('; ')}.`}${unknown.length === 0 ? '' : `\nNot measured: ${unknown.map((row) => `${row.what} (${row.missing})`).join('; ')}.`}

${notes.join('\n')}

## What is compared

- **By hand** is a process of its own with the plain 2.12 SDK: NodeTracerProvider, batch processor, OTLP/HTTP exporter with
  JSON, one Prometheus reader; for each operation a span with three attributes, a histogram and an up-down counter.
- **otel-monitor** is a process with everything on as \`startMonitoring\` has it: OTLP/HTTP, server, history, host metrics,
  health, exemplars.
- **Equal work**: before anything is measured both run once, and what arrived at the sink, decoded, and what a metric reader gets
  is compared: ${equalWork}.
- **The sink** is a process of its own on loopback; it takes OTLP in JSON and protobuf, and what Sentry and dd-trace send. Nothing
  leaves the machine.
- **A figure of \`operation()\`** is the process's CPU time (\`process.cpuUsage\`: all its threads, so garbage collection and export
  are in it) over blocks of calls and the pauses between them, divided by the calls. The notes tell how much of it was spent in the
  calls themselves and how much between them. A round counts only if the sink got every span (at 1 %: the share within six
  standard deviations); else it is run again with a longer pause.
- **2,000 operations a second** fall due by the clock, every 5 ms, whether or not the earlier ones are done with. What the same
  timer costs without recording is taken off.
- **Peers** record the same span and no metrics, as they are installed: ${Object.entries(PEERS)
    .filter(([name]) => !name.startsWith('@msgpack'))
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.
  Every span is sampled. In "each a trace" an operation is a root, as in all other rows; Sentry then sends a request for each. In
  "100 in a trace" they have a parent, which costs Sentry and dd-trace least; no budget is set for that form.
- **Disabled**: the same call through \`operation()\` with nothing recorded; the empty call of the same round is taken off.
- **A record** is measured in a loop of its own, in a process of its own, on a histogram with two attributes and 14 boundaries.
  With exemplars on, each record hands the ids of another span over.
- **Names** are offered in turn, each at least once before anything is measured; the heap is what is in use after a garbage
  collection, without the names themselves.
- **The bare HTTP service** is node:http and nothing else. Added to it are \`--import @otel-monitor/node/register\` with one
  operation a request, or sdk-node with Prometheus and OTLP with a span and a histogram a request. Memory is the resident set: idle
  after a rest, in which the services wait beside each other, and after ${settings.requests.toLocaleString('en')} requests, as fast as 20 kept connections from another process get answers, and a
  rest in which the last spans are sent.
- **HTTP**: a bare process, one with Node's propagation of context alone, one with the official instrumentation and the 2.12 SDK
  (batch processor, OTLP in protobuf, one Prometheus reader), and ours live beside each other in each of ${settings.httpRounds} rounds, and have blocks of
  1,500 requests in turn; what waits is exported at the end of a block, and is in its CPU time, in the notes also without it. The
  spans and metric points of the same requests are compared first. The client, or the service that clients ask, is a process of its
  own that does not sleep during a block: waking it would be counted to whoever is slower. "By middleware" is \`monitorServer\` or
  an adapter of a framework without \`register\`. Express's instrumentation tells the route and makes no spans of layers here.
- **The time of an answer** is from when a request falls due, at a steady 1,000 a second, until its answer is read.
- **Start-up** is the time from the start of the process until the service listens; what is put off until later is in the CPU time
  of the first second.

${byHandPartOf(pageBefore)}`;
}

/** @param {string} pageBefore */
function byHandPartOf(pageBefore) {
  const at = pageBefore.indexOf(BY_HAND);
  return at < 0 ? `${BY_HAND}\n` : pageBefore.slice(at);
}
