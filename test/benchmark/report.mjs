import { cpus, loadavg } from 'node:os';
import { figure } from './figure.mjs';
import { isHeld } from './rows.mjs';

const HEADING = ['what', 'otel-monitor', 'compared with', 'ratio', 'budget', 'held'];

/** The rows as lines of a Markdown table. */
export function table(rows) {
  const cells = [HEADING, HEADING.map(() => '---'), ...rows.map(cellsOf)];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cellsOf(row) {
  if (row.missing !== undefined) return [row.what, `not measured: ${row.missing}`, '', '', budgetOf(row), 'unknown'];
  return [
    row.what,
    figure(row.ours, row.unit),
    row.theirs === undefined ? '' : figure(row.theirs, row.unit),
    row.ratio === undefined ? '' : figure(row.ratio),
    budgetOf(row),
    isHeld(row) === undefined ? '' : isHeld(row) ? 'yes' : '**no**',
  ];
}

function budgetOf({ budget, limit, unit }) {
  if (budget !== undefined) return `≤ ${budget} ×`;
  return limit === undefined ? '' : `≤ ${limit} ${unit}`;
}

/** The whole page. */
export function page({ rows, rounds, date, equalWork, loadBefore }) {
  const missed = rows.filter((row) => isHeld(row) === false);
  const unknown = rows.filter((row) => row.missing !== undefined);
  const notes = rows.filter(({ note }) => note !== undefined).map(({ what, note }) => `- ${what}: ${note}`);
  const load = [loadBefore, loadavg()[0]].map((value) => value.toFixed(1)).join(' before, ');
  return `# Benchmarks

Written by \`npm run bench\` on ${date}: Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'},
load average ${load} after. Medians of ${rounds} rounds, least and greatest in brackets. Ratios are taken
within a round, whose processes run one after the other: what disturbs one will disturb the next. Read the ratios, not the
microseconds.

${table(rows)}

${missed.length === 0 ? 'Every budget is held.' : `Missed: ${missed.map(({ what }) => what).join('; ')}.`}${unknown.length === 0 ? '' : `\nNot measured: ${unknown.map(({ what, missing }) => `${what} (${missing})`).join('; ')}.`}

${notes.join('\n')}

## What is compared

- **By hand** is a process of its own with the plain 2.12 SDK: NodeTracerProvider, batch processor, OTLP/HTTP exporter with
  JSON to the same sink, one Prometheus reader; for each operation a span with three attributes, a histogram and an up-down
  counter. Before anything is measured both ways run once, and what they exported is compared: ${equalWork}.
- **otel-monitor** is a process with everything on as \`startMonitoring\` has it: OTLP/HTTP with JSON, server, history, host
  metrics, health.
- A figure of \`operation()\` is the process's CPU time (\`process.cpuUsage\`) over blocks of 1,500 calls, pauses, export and
  garbage collection in it, divided by the calls. A round counts only if the sink, a process of its own, got every span
  (at 1 %: the share within six standard deviations); else it is run again with a longer pause.
- A record is measured in a loop of its own, in a process of its own.
- The bare HTTP service is node:http and nothing else. Added to it are \`--import @otel-monitor/node/register\` with one
  operation a request, or sdk-node with Prometheus and OTLP with a span and a histogram a request. Memory is the resident set
  after a rest, and at the end of a steady load from another process.
`;
}
