/** One thing that is wrong in the configuration. */
export interface ConfigProblem {
  /** The key, as it is written where it was found: `monitoring.sampling.performance_sample_rate`, `server.port`. */
  readonly path: string;
  /** What was found, in words; `[redacted]` where it may be a secret. */
  readonly found: string;
  /** What is expected, in words. */
  readonly expected: string;
  /** `code`, `environment NAME` or `file PATH`. */
  readonly source: string;
}

const MOST_LINES = 100;

/** On the errors of every copy of this class: the one that an application holds may not be the one that threw. */
const MARK = Symbol.for('otel-monitor.config-error');

/** The configuration cannot be used. The message has one line for every problem and no secret. */
export class ConfigError extends Error {
  /** Kept by a minifier: Node prints it. */
  static override readonly name = 'ConfigError';
  override readonly name = 'ConfigError';

  constructor(
    readonly problems: readonly ConfigProblem[],
    /** What else was noticed: a key that nobody knows may be the reason that another is missing. */
    readonly warnings: readonly string[] = [],
  ) {
    super(message(problems));
  }

  get [MARK](): true {
    return true;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value;
  }
}

function message(problems: readonly ConfigProblem[]): string {
  const lines = problems.slice(0, MOST_LINES).map(line);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`… and ${more} more`);
  return ['the monitoring configuration cannot be used:', ...lines].join('\n  ');
}

function line({ path, found, expected, source }: ConfigProblem): string {
  return `${path}: found ${found}, expected ${expected} (${source})`;
}
