import { renderTrace } from '../trace/render-trace.js';
import { type Trace, TraceStore } from '../trace/trace-store.js';
import type { Args } from './args.js';
import type { Cleanup } from './cleanup.js';
import { findCollector, startCollector } from './collector.js';
import { findFailedTrace, findWholeTrace, restart } from './find-traces.js';
import { startSink } from './otlp-sink.js';
import { preparePython } from './python-environment.js';
import { outcomeLines, sendLoad } from './send-load.js';
import { type PushTo, ServiceCommands } from './service-commands.js';
import { type Suite, startSuite, suiteLines } from './suite.js';

const TRACES_KEPT = 5_000;
const CONCURRENCY = 4;
/** Batches of spans leave every 300 ms, and a Collector waits 200 ms more. */
const TRACE_MILLIS = 10_000;
/** How long a calculator is away in the middle of the load. */
const DOWN_MILLIS = 300;
/** Time between two requests after the load, so that there is something to look at. */
const IDLE_PAUSE_MILLIS = 1_000;

/**
 * Starts everything, sends the load, shows the traces where they come by here. True when there was a whole one, or when
 * they are elsewhere; all is ended by the cleanup.
 */
export async function runExample(args: Args, folder: string, cleanup: Cleanup, signal: AbortSignal): Promise<boolean> {
  const store = new TraceStore(TRACES_KEPT);
  const elsewhere = process.env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined;
  const pushTo = elsewhere === undefined ? await startTelemetry(args, folder, store, cleanup) : { url: elsewhere };
  if (elsewhere !== undefined)
    say(`SizeWise, monitored. Its telemetry goes to ${elsewhere}; look for the traces there.`);
  const python = await preparePython(process.env, () => say('Installing the packages of the Python service, once ...'));
  if ('missing' in python) say(`Python: ${python.missing}. Duct designs will fail with duct_sizing_missing.`);
  const commands = new ServiceCommands(process.env, pushTo);
  const suite = await startSuite(commands, python, say, (service) => cleanup.add(service));
  say(['', ...suiteLines(suite), ''].join('\n'));
  await load(args.requests, suite, signal);
  if (signal.aborted) return false;
  const isWhole = elsewhere !== undefined || (await showTraces(suite, store, signal));
  if (!args.once) await stay(args, suite, signal);
  return isWhole;
}

/** True when there is a whole one. */
async function showTraces(suite: Suite, store: TraceStore, signal: AbortSignal): Promise<boolean> {
  const services = ['gateway', 'calculator', 'catalogue', ...(suite.ductSizing === undefined ? [] : ['duct-sizing'])];
  const whole = await findWholeTrace(store, { services }, TRACE_MILLIS, signal);
  show('One request through all of them', whole);
  show('One in which something failed', findFailedTrace(store));
  if (whole === undefined && !signal.aborted) say(`No whole trace arrived within ${TRACE_MILLIS / 1000} s.`);
  return whole !== undefined;
}

async function startTelemetry(args: Args, folder: string, store: TraceStore, cleanup: Cleanup): Promise<PushTo> {
  const sink = await startSink((spans) => store.add(spans));
  cleanup.add({ end: () => sink.close() });
  const executable = args.collector ? findCollector() : undefined;
  if (executable === undefined) {
    say(`SizeWise, monitored. Without a Collector: this program takes the telemetry at ${sink.url}`);
    return { url: sink.url, protocol: 'http/json' };
  }
  const collector = await startCollector(executable, folder, sink.url);
  cleanup.add(collector);
  say(
    `SizeWise, monitored. Collector at ${collector.url}, its metrics ${collector.prometheusUrl}, its files ${folder}`,
  );
  return { url: collector.url, protocol: 'http/protobuf' };
}

/** In the middle of the load a calculator is deployed anew: the balancer passes it over, and no request fails for it. */
async function load(count: number, { gateway, calculators }: Suite, signal: AbortSignal): Promise<void> {
  const half = Math.ceil(count / 2);
  let restarted: Promise<void> | undefined;
  const outcomes = await sendLoad({
    url: gateway.address.url,
    from: 0,
    count,
    concurrency: CONCURRENCY,
    pauseMillis: 5,
    signal,
    onProgress: (answered) => {
      if (answered === half)
        restarted = restart(calculators[1]!, DOWN_MILLIS, signal).catch((error: Error) => say(error.message));
    },
  });
  await restarted;
  if (!signal.aborted)
    say([`${count} requests; calculator-2 was restarted in the middle:`, ...outcomeLines(outcomes)].join('\n  '));
}

async function stay({ requests, seconds }: Args, { gateway }: Suite, signal: AbortSignal): Promise<void> {
  say(`\nA request a second goes on${seconds === undefined ? '; Ctrl-C ends it' : ` for ${seconds} s`}.`);
  const until = seconds === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  const url = gateway.address.url;
  const endless = { count: Number.POSITIVE_INFINITY, concurrency: 1, pauseMillis: IDLE_PAUSE_MILLIS };
  await sendLoad({ url, from: requests, ...endless, signal: until });
}

function show(title: string, trace: Trace | undefined): void {
  if (trace === undefined) return;
  const { isTTY = false, columns } = process.stdout;
  const lines = renderTrace(trace, { columns: columns || 120, colour: isTTY && !process.env.NO_COLOR });
  say(['', `${title}:`, ...lines].join('\n'));
}

function say(text: string): void {
  console.log(text);
}
