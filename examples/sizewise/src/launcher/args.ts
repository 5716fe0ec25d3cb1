import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface Args {
  /** Requests of the load. */
  readonly requests: number;
  /** Seconds that the services go on after the load; left out, until Ctrl-C. */
  readonly seconds: number | undefined;
  /** End as soon as the trace has been shown. */
  readonly once: boolean;
  /** Start a Collector when one is found. */
  readonly collector: boolean;
  /** Folder for what the Collector writes; left out, one that is removed at the end. */
  readonly out: string | undefined;
  readonly help: boolean;
}

/** A command line that cannot be understood, with a reason for a person to read. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `--help` prints. */
export const HELP = `Usage: npm run example:sizewise -- [options]

Starts the services of SizeWise, sends them a load, and shows the trace of one request through all of them.

  --requests N     requests of the load, default 300
  --seconds N      end N seconds after the load. Left out: Ctrl-C ends it
  --once           end when the trace has been shown
  --no-collector   start no Collector, even where there is one: the launcher takes the telemetry itself
  --out DIR        folder for the files that the Collector writes. Left out: a temporary one, removed at the end
  --help           print this

With OTEL_EXPORTER_OTLP_ENDPOINT the services push there: no Collector is started, and no trace is shown here.

Exit codes: 0 done, 1 a service did not start or no whole trace arrived, 64 bad usage, 130 interrupted (Ctrl-C), 143
terminated.
`;

const DEFAULT_REQUESTS = 300;

/** @throws UsageError when an option is unknown or a value makes no sense */
export function parseCommandLine(argv: readonly string[]): Args {
  const values = parse(argv);
  return {
    requests: wholeNumber(values.requests, '--requests', 1, 1_000_000) ?? DEFAULT_REQUESTS,
    seconds: wholeNumber(values.seconds, '--seconds', 0, 1_000_000),
    once: values.once === true,
    collector: values['no-collector'] !== true,
    out: values.out === '' ? fail("--out: found nothing, expected a folder's path") : values.out,
    help: values.help === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        requests: { type: 'string' },
        seconds: { type: 'string' },
        once: { type: 'boolean' },
        'no-collector': { type: 'boolean' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    // Node's message has a hint of several lines for some mistakes; its first sentence says enough.
    return fail((error as Error).message.split(/\n|\. /, 1)[0]!.replace(/\.$/, ''));
  }
}

function wholeNumber(text: string | undefined, option: string, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < low || number > high) {
    return fail(`${option}: found '${text}', expected a whole number from ${low} to ${high}`);
  }
  return number;
}

function fail(message: string): never {
  throw new UsageError(message);
}
