import { join } from 'node:path';
import { runProgram } from '../lifecycle/run-program.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { startSink } from '../otlp/sink.js';
import { type ForeignSpan, readDatadogSpans, readSentrySpans } from './foreign-spans.js';
import { ask, type ReceivedRequest, startLoopback } from './loopback.js';

export interface BesideOptions {
  readonly folder: string;
  /** The program that starts the other SDK. */
  readonly peer: string;
  /** Whether the other SDK starts before ours or after it. */
  readonly order: 'before' | 'after';
  /** Where the other SDK sends to; default `otlp`. */
  readonly sink?: 'otlp' | 'sentry' | 'datadog';
  /** Default: this one. */
  readonly node?: string;
  /** Ours is `attach` and `http` without the package `node`. */
  readonly isAttachAlone?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** What left the process, by every way. */
export interface BesideRun {
  /** What our exporters sent. */
  readonly ours: Telemetry;
  /** What the other SDK's exporters of OTLP sent. */
  readonly owner: Telemetry;
  /** What the other SDK sent in its own format. */
  readonly foreign: readonly ForeignSpan[];
  /** Our /metrics page. */
  readonly page: string;
  /** What came to the service that was asked. */
  readonly downstream: readonly ReceivedRequest[];
  readonly stderr: string;
}

/** The trace that requests come with. */
export const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
export const REQUESTS = 3;

/** Runs the service beside the other SDK, asks it three times in the caller's trace, and gives what left it. */
export async function runBeside(options: BesideOptions): Promise<BesideRun> {
  const { folder, peer, order, sink = 'otlp', node, isAttachAlone = false } = options;
  const [ours, otlp, vendor, downstream] = await Promise.all([
    startSink(),
    startSink(),
    startLoopback(),
    startLoopback(),
  ]);
  try {
    const program = (name: string) => join(folder, 'programs', name);
    const register = isAttachAlone ? program('start-ours.cjs') : '@otel-monitor/node/register';
    const run = await runProgram(program('app.cjs'), {
      ...(node !== undefined && { node }),
      cwd: folder,
      nodeOptions: ['--import', order === 'before' ? program(peer) : register],
      env: {
        DOWNSTREAM: downstream.url,
        ORDER: order,
        OTEL_EXPORTER_OTLP_ENDPOINT: ours.url,
        OTEL_EXPORTER_PROMETHEUS_PORT: '0',
        OWNER: sink === 'otlp' ? otlp.url : vendor.url,
        PEER: program(peer),
        REQUESTS: String(REQUESTS),
        ...(isAttachAlone && { ATTACH: order === 'after' ? 'first' : 'later' }),
        ...options.env,
      },
      onOutput: (text) => {
        const url = /^ready (\S+)/m.exec(text)?.[1];
        if (url !== undefined) askInTurn(url);
      },
    });
    const page = /^page (.*)$/m.exec(run.stdout)?.[1];
    if (run.code !== 0 || page === undefined) throw new Error(`the service ended with ${run.code}\n${run.stderr}`);
    return {
      ours: ours.received(),
      owner: otlp.received(),
      foreign: foreignSpans(sink, vendor.received),
      page: JSON.parse(page),
      downstream: downstream.received,
      stderr: run.stderr,
    };
  } finally {
    await Promise.all([ours, otlp, vendor, downstream].map((each) => each.close()));
  }
}

async function askInTurn(url: string): Promise<void> {
  for (let id = 1; id <= REQUESTS; id += 1) {
    // what fails here shows in what is received
    await ask(`${url}/users/${id}`, { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` }).catch(() => {});
  }
}

function foreignSpans(sink: BesideOptions['sink'], received: readonly ReceivedRequest[]): ForeignSpan[] {
  if (sink === 'sentry') return readSentrySpans(received);
  return sink === 'datadog' ? readDatadogSpans(received) : [];
}
