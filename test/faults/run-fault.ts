import { fileURLToPath } from 'node:url';
import { runProgram } from '../lifecycle/run-program.js';
import { type Fault, startFaulty } from './faulty-collector.js';

/** What the program under a fault prints about itself, and what was seen of it from outside. */
export interface FaultRun {
  readonly fault: Fault;
  /** Operations a second that were reached. */
  readonly rate: number;
  /** 99th percentile of the event loop's delay, milliseconds. */
  readonly p99Millis: number;
  /** Growth of heap and buffers after a garbage collection. */
  readonly grownMegabytes: number;
  /** Growth of the resident set, which the garbage collector does not give back at once. */
  readonly rssMegabytes: number;
  readonly shutdownMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly signals: Record<'traces' | 'logs' | 'metrics', { dropped?: number; failedExports?: number }>;
  readonly code: number | null;
  /** Lines on stderr. */
  readonly lines: readonly string[];
  /** From the start of the program to its end. */
  readonly totalSeconds: number;
  readonly requests: number;
}

const programPath = fileURLToPath(new URL('./programs/five-hundred-a-second.mjs', import.meta.url));

/** Runs the program for `warmSeconds` against a healthy Collector and for `seconds` against one with the fault. */
export async function runFault(fault: Fault, warmSeconds: number, seconds: number): Promise<FaultRun> {
  const collector = await startFaulty(fault);
  try {
    const { code, stdout, stderr, millis } = await runProgram(programPath, {
      // V8's young generation has its full size from the start: else it grows when it likes, and counts as memory of ours
      nodeOptions: ['--expose-gc', '--min-semi-space-size=16'],
      env: { SINK: collector.url, SECONDS: String(seconds), WARM_SECONDS: String(warmSeconds) },
      onOutput: (text) => {
        if (text.includes('warm')) collector.breakDown();
      },
      timeoutMillis: (warmSeconds + seconds + 90) * 1000,
    });
    const figures = stdout.split('\n').find((line) => line.startsWith('{'));
    if (figures === undefined) throw new Error(`${fault}: the program printed no figures\n${stdout}\n${stderr}`);
    return {
      fault,
      ...(JSON.parse(figures) as Omit<FaultRun, 'fault' | 'code' | 'lines' | 'totalSeconds' | 'requests'>),
      code,
      lines: stderr.split('\n').filter((line) => line !== ''),
      totalSeconds: millis / 1000,
      requests: collector.requests(),
    };
  } finally {
    await collector.close();
  }
}
