import { ConfigError, type ConfigProblem } from './config-error.js';

const MOST_WARNINGS = 100;

/** What is noticed while the configuration is read: problems, which end it, and warnings, which do not. */
export class Findings {
  private readonly problems: ConfigProblem[] = [];
  private readonly said = new Set<string>();

  problem(problem: ConfigProblem): void {
    this.problems.push(problem);
  }

  /** The same warning is said once. */
  warn(text: string): void {
    if (this.said.size < MOST_WARNINGS) this.said.add(text);
  }

  get warnings(): string[] {
    return [...this.said];
  }

  /** Throws a ConfigError when there was a problem. */
  throwIfBad(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems, this.warnings);
  }
}
