import { type RestoreResult, report } from '@otel-monitor/runtime';

const MAX_PROBLEMS = 20;

/** Counts what becomes of the state, and what goes wrong: each problem once. */
export class Tally {
  lastFlushAt: string | undefined;
  flushes = 0;
  failedFlushes = 0;
  restored = 0;
  expired = 0;
  refused = 0;
  readonly #problems = new Set<string>();

  get problems(): string[] {
    return [...this.#problems];
  }

  addRestored({ restored, expired, refused }: RestoreResult): void {
    this.restored += restored;
    this.expired += expired;
    this.refused += refused;
  }

  flushed(at: Date): void {
    this.flushes += 1;
    this.lastFlushAt = at.toISOString();
  }

  /** @param isLoud whether stderr hears of it too, once */
  problem(message: string, isLoud: boolean): void {
    if (this.#problems.has(message) || this.#problems.size >= MAX_PROBLEMS) return;
    this.#problems.add(message);
    if (isLoud) report('state', message);
  }
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
