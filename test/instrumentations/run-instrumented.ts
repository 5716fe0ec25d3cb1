import { join } from 'node:path';
import { type ProgramRun, runProgram } from '../lifecycle/run-program.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type NodeLine, nodeOf } from './instrumented-cache.js';

export interface InstrumentedOptions {
  /** The installation that the program stands in; default `main`. */
  readonly application?: string;
  readonly node?: NodeLine;
  /** Default `--import`. */
  readonly option?: '--import' | '--require';
  /** All options of node, in place of `option`. */
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface InstrumentedRun extends ProgramRun {
  readonly telemetry: Telemetry;
  /** Every span: its scope without the `@opentelemetry/instrumentation-`, and its name. */
  readonly spans: readonly string[];
}

/** Runs one of the programs of its installation under `register`, and gives what it recorded. */
export async function runInstrumented(
  folder: string,
  name: string,
  options: InstrumentedOptions = {},
): Promise<InstrumentedRun> {
  const { application = 'main', node = 20, option = '--import', env } = options;
  const sink: OtlpSink = await startSink();
  try {
    const cwd = join(folder, application);
    const run = await runProgram(join(cwd, 'programs', name), {
      node: nodeOf(node, folder),
      nodeOptions: options.nodeOptions ?? [option, '@otel-monitor/node/register'],
      cwd,
      env: {
        OTEL_SERVICE_NAME: 'instrumented',
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        OTEL_EXPORTER_PROMETHEUS_PORT: '0',
        ...env,
      },
    });
    const telemetry = sink.received();
    return { ...run, telemetry, spans: telemetry.spans.map(shown) };
  } finally {
    await sink.close();
  }
}

function shown({ scope, item }: Telemetry['spans'][number]): string {
  return `${scope.name.replace('@opentelemetry/instrumentation-', '')}: ${item.name}`;
}
