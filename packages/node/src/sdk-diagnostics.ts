import { inspect } from 'node:util';
import { type DiagLogFunction, DiagLogLevel, diag } from '@opentelemetry/api';
import type { LogLevel } from '@otel-monitor/config';
import { cleanText } from '@otel-monitor/runtime';

const LEVELS: Readonly<Record<LogLevel, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};
/** One line is cut here: the debug level prints whole batches. */
const MAX_LINE = 2000;

/**
 * Prints the SDK's own diagnostics on stderr when `OTEL_LOG_LEVEL` asks for them; without it they go nowhere, and what
 * a user must know comes as one line of ours. Secrets are taken out: it shows what others recorded.
 */
export function printDiagnostics(
  level: LogLevel,
  write: (line: string) => unknown = (line) => process.stderr.write(line),
): void {
  if (level === 'none') return;
  const print =
    (name: string): DiagLogFunction =>
    (message, ...details) => {
      const text = [message, ...details.map((detail) => inspect(detail, { depth: 2, breakLength: Infinity }))].join(
        ' ',
      );
      write(`otel-monitor: ${name}: ${cleanText(text, MAX_LINE)}\n`);
    };
  diag.setLogger(
    {
      error: print('error'),
      warn: print('warn'),
      info: print('info'),
      debug: print('debug'),
      verbose: print('verbose'),
    },
    { logLevel: LEVELS[level], suppressOverrideMessage: true },
  );
}
