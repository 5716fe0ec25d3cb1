import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface Args {
  /** The ROM file; left out, the example draws its own. */
  readonly rom: string | undefined;
  /** The folder for the pictures; left out, one beside other temporary files. */
  readonly out: string | undefined;
  /** Stop after this many batches; left out, run until interrupted. */
  readonly batches: number | undefined;
  /** Stay and answer scrapes when the batches are done, until interrupted. */
  readonly stay: boolean;
  /** Port of the monitoring server, 0 for any free one; left out, what the environment says, else 9464. */
  readonly port: number | undefined;
  readonly help: boolean;
}

/** A command line that cannot be understood, with a reason for a person to read. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `--help` prints. */
export const HELP = `Usage: npm start -- [options]

Reads a ROM image, decodes its 4bpp tiles and writes PNG files in batches, over and over, and shows what is recorded.

  --rom FILE     the ROM image; any file works. Left out: one of 4 MB that the example draws itself
  --out DIR      the folder for the pictures. Left out: one beside other temporary files
  --batches N    stop after N batches of 8 sheets. Left out: run until Ctrl-C
  --stay         after the batches stay and answer scrapes until Ctrl-C
  --port PORT    port of /metrics and /health, 0 for any free one. Left out: OTEL_EXPORTER_PROMETHEUS_PORT or 9464
  --help         print this

Exit codes: 0 done, 64 bad usage or configuration, 66 the ROM cannot be read, 73 the folder cannot be written into,
130 interrupted (Ctrl-C), 143 terminated.
`;

/** @throws UsageError when an option is unknown or a value makes no sense */
export function parseCommandLine(argv: readonly string[]): Args {
  const values = parse(argv);
  return {
    rom: nonEmpty(values.rom, '--rom'),
    out: nonEmpty(values.out, '--out'),
    batches: wholeNumber(values.batches, '--batches', 1, Number.MAX_SAFE_INTEGER),
    stay: values.stay === true,
    port: wholeNumber(values.port, '--port', 0, 65_535),
    help: values.help === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        rom: { type: 'string' },
        out: { type: 'string' },
        batches: { type: 'string' },
        stay: { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    // Node's message has a hint of several lines for some mistakes; its first sentence says enough.
    throw new UsageError((error as Error).message.split(/\n|\. /, 1)[0]!.replace(/\.$/, ''));
  }
}

function nonEmpty(text: string | undefined, option: string): string | undefined {
  if (text === '') throw new UsageError(`${option}: found nothing, expected a path`);
  return text;
}

function wholeNumber(text: string | undefined, option: string, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < low || number > high) {
    const bounds = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new UsageError(`${option}: found '${text}', expected a whole number ${bounds}`);
  }
  return number;
}
