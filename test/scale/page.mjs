import { cpus } from 'node:os';
import { agentSpansPerSecond, projection } from './projection.mjs';

const BEGIN = '<!-- Measured: npm run scale writes from here -->';
const END = '<!-- to here. -->';
const AGENT_RATE = agentSpansPerSecond();

/** The page with what was measured between its two marks. */
export function pageWith(page, section) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${section}\n\n${page.slice(to)}`;
}

/** What was measured, and what follows from it, as Markdown. */
export function section({ processes, collectors, series, date, load }) {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return [
    `By \`npm run scale\` on ${date}: Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${processor}, load
average ${load} before. Load, Collectors and backend share these processors. A processor is one core's whole time.`,
    '### One process',
    table(
      ['operations a second asked for', 'done', 'spans given up', 'processors', 'memory', 'bytes a span (OTLP)'],
      processes.map((of) => [
        n(of.offered),
        n(of.perSecond),
        n(of.lost),
        n(of.processors, 2),
        `${n(of.rss)} MiB`,
        n(of.bytesPerSpan),
      ]),
    ),
    '### One Collector, and two tiers',
    table(
      [
        'process',
        'spans a second',
        'refused',
        'CPU a span',
        'processors',
        'memory',
        'bytes a span in',
        'to the backend (gzip)',
      ],
      collectors.map((of) => [
        of.name,
        `${n(of.perSecond)}${of.offered === undefined ? ' (as many as it takes)' : ''}`,
        n(of.refused),
        `${n(of.microsPerSpan, 1)} µs`,
        n(of.processors, 2),
        `${n(of.rss)} MiB`,
        n(of.bytesIn),
        of.setup === 'oneCollector' ? n(of.bytesToBackend, 1) : '',
      ]),
    ),
    '### Series',
    table(
      ['process', 'series', 'memory a series', 'CPU a sample', 'memory', 'idle'],
      series.map((of) => [
        of.name,
        n(of.series),
        `${n(of.bytesPerSeries)} bytes`,
        `${n(of.microsPerSample, 1)} µs`,
        `${n(of.rss)} MiB`,
        `${n(of.idle)} MiB`,
      ]),
    ),
    '## 1,000 services',
    table(
      ['what', 'arithmetic', 'result'],
      projection(measuredOf({ collectors, series })).map(({ what, arithmetic, result }) => [what, arithmetic, result]),
    ),
  ].join('\n\n');
}

/** The figures that the projection goes on from. */
export function measuredOf({ collectors, series }) {
  const tiers = collectors.filter(({ setup, offered }) => setup === 'twoTiers' && offered !== undefined);
  const agents = tiers.filter(({ name }) => name.startsWith('agent'));
  // the rate next above that of the projection
  const agent = agents.find(({ offered }) => offered >= AGENT_RATE) ?? agents.at(-1);
  const gateways = tiers.filter(({ name }) => name.includes('gateways'));
  const [idle] = gateways;
  const busy = collectors.find(({ setup }) => setup === 'oneGateway');
  const prometheus = series.find(({ name }) => name === 'Prometheus');
  const alone = collectors.find(({ setup }) => setup === 'oneCollector');
  return {
    agentMicrosPerSpan: agent.microsPerSpan,
    agentMebibytes: agent.rss,
    gatewayMicrosPerSpan: busy.microsPerSpan,
    gatewayMostSpans: busy.perSecond,
    gatewayIdleMebibytes: idle.rss,
    // with what the garbage collector leaves until its next turn
    gatewayBytesPerWaitingSpan:
      ((busy.rss - idle.rss) * 2 ** 20) / ((busy.perSecond - idle.perSecond) * busy.decisionSeconds),
    spanBytes: busy.bytesIn,
    keptSpanBytes: alone.bytesToBackend,
    prometheusBytesPerSeries: prometheus.bytesPerSeries,
    prometheusMicrosPerSample: prometheus.microsPerSample,
  };
}

const table = (heading, rows) =>
  [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const n = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
