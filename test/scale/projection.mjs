/**
 * What the projection takes for granted: a fleet of services that nobody measured here.
 * @typedef {typeof fleet} Fleet
 */
export const fleet = {
  services: 1000,
  /** Processes of each service. */
  processesEach: 3,
  /** Processes beside one agent. */
  processesAMachine: 30,
  /** Of one process, mean over the day. */
  requestsPerSecond: 20,
  /** Of one request in one process: itself and what it calls. */
  spansARequest: 4,
  /** Series of one process: see the arithmetic in the text. */
  seriesEach: 1000,
  scrapeSeconds: 30,
  /** Of all traces: 10 % of the rest, errors and slow ones. */
  keptShare: 0.12,
  /** What of its most a gateway does when nothing is wrong: the rest is for peaks. */
  usedShare: 0.4,
  /** Traces wait so long for their decision (tail-sampling.yaml's default). */
  decisionSeconds: 10,
  spansATrace: 20,
};

/**
 * What was measured, in the units of its names.
 * @typedef {object} Measured
 * @property {number} agentMicrosPerSpan
 * @property {number} agentMebibytes
 * @property {number} gatewayMicrosPerSpan
 * @property {number} gatewayMostSpans a second, of one gateway
 * @property {number} gatewayIdleMebibytes
 * @property {number} gatewayBytesPerWaitingSpan
 * @property {number} spanBytes on the wire of OTLP, not compressed
 * @property {number} keptSpanBytes of a span that goes to the backend, compressed
 * @property {number} prometheusBytesPerSeries
 * @property {number} prometheusMicrosPerSample
 */

/**
 * @typedef {{ what: string, arithmetic: string, result: string }} ProjectedRow
 */

/** @param {Fleet} of */
function sizes(of) {
  const processes = of.services * of.processesEach;
  return {
    processes,
    machines: Math.ceil(processes / of.processesAMachine),
    spans: processes * of.requestsPerSecond * of.spansARequest,
  };
}

/** What one agent takes. */
export function agentSpansPerSecond(of = fleet) {
  const { machines, spans } = sizes(of);
  return spans / machines;
}

/**
 * What 1,000 services need, step by step, each with its arithmetic.
 * @param {Measured} measured
 * @param {Fleet} of
 * @returns {ProjectedRow[]}
 */
export function projection(measured, of = fleet) {
  const { processes, machines, spans } = sizes(of);
  const agentSpans = agentSpansPerSecond(of);
  const agentProcessors = (agentSpans * measured.agentMicrosPerSpan) / 1e6;
  const gatewayProcessors = (spans * measured.gatewayMicrosPerSpan) / 1e6;
  const gatewaySpans = measured.gatewayMostSpans * of.usedShare;
  // with one more than are needed: one may be away
  const gateways = Math.ceil(spans / gatewaySpans) + 1;
  const waiting = (spans * of.decisionSeconds) / (gateways - 1);
  const gatewayMebibytes = measured.gatewayIdleMebibytes + (waiting * measured.gatewayBytesPerWaitingSpan) / 2 ** 20;
  const traces = spans / of.spansATrace;
  const kept = spans * of.keptShare;
  const series = processes * of.seriesEach;
  const samples = series / of.scrapeSeconds;
  const n = (/** @type {number} */ value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
  return [
    row('processes', `${n(of.services)} services × ${of.processesEach}`, n(processes)),
    row('machines, an agent on each', `${n(processes)} ÷ ${of.processesAMachine}`, n(machines)),
    row('spans a second', `${n(processes)} × ${of.requestsPerSecond} requests × ${of.spansARequest}`, n(spans)),
    row('spans a second in an agent', `${n(spans)} ÷ ${n(machines)}`, n(agentSpans)),
    row(
      'an agent: processors, memory',
      `${n(agentSpans)} × ${n(measured.agentMicrosPerSpan, 1)} µs`,
      `${n(agentProcessors, 2)}, ${n(measured.agentMebibytes)} MiB`,
    ),
    row(
      'network from an agent to the gateways',
      `${n(agentSpans)} × ${n(measured.spanBytes)} bytes × 8, before gzip`,
      `${n((agentSpans * measured.spanBytes * 8) / 1e6, 1)} Mbit/s`,
    ),
    row(
      'gateways, one more than needed',
      `${n(spans)} ÷ (${n(measured.gatewayMostSpans)} at most × ${of.usedShare}), and 1`,
      n(gateways),
    ),
    row(
      'processors that they use together',
      `${n(spans)} × ${n(measured.gatewayMicrosPerSpan, 1)} µs`,
      n(gatewayProcessors, 1),
    ),
    row(
      'memory of a gateway while one is away',
      `${n(measured.gatewayIdleMebibytes)} MiB + ${n(waiting)} spans that wait × ${n(measured.gatewayBytesPerWaitingSpan)} bytes`,
      `${n(gatewayMebibytes)} MiB`,
    ),
    row(
      'open traces in it (`COLLECTOR_SAMPLING_TRACES`)',
      `${n(traces)} traces a second × ${of.decisionSeconds} s ÷ ${n(gateways - 1)}`,
      n((traces * of.decisionSeconds) / (gateways - 1)),
    ),
    row('spans a day to Jaeger or a vendor', `${n(spans)} × ${of.keptShare} × 86,400 s`, n(kept * 86_400)),
    row(
      'network to the backend, compressed',
      `${n(kept)} × ${n(measured.keptSpanBytes)} bytes × 8`,
      `${n((kept * measured.keptSpanBytes * 8) / 1e6, 1)} Mbit/s`,
    ),
    row('series in Prometheus', `${n(processes)} × ${n(of.seriesEach)}`, n(series)),
    row('samples a second', `${n(series)} ÷ ${of.scrapeSeconds} s`, n(samples)),
    row(
      'Prometheus: memory',
      `${n(series)} × ${n(measured.prometheusBytesPerSeries)} bytes`,
      `${n((series * measured.prometheusBytesPerSeries) / 2 ** 30, 1)} GiB`,
    ),
    row(
      'Prometheus: processors for what it takes in',
      `${n(samples)} × ${n(measured.prometheusMicrosPerSample, 1)} µs`,
      n((samples * measured.prometheusMicrosPerSample) / 1e6, 2),
    ),
  ];
}

/**
 * @param {string} what
 * @param {string} arithmetic
 * @param {string} result
 */
const row = (what, arithmetic, result) => ({ what, arithmetic, result });
