/** What the live line tells, taken from a snapshot. */
export interface LiveFigures {
  readonly uptimeSeconds: number;
  /** Operations that ended, of all names. */
  readonly operations: number;
  /** Operations that failed. */
  readonly failures: number;
  /** 95th percentile of a sheet's extraction; undefined before the first. */
  readonly extractionP95Seconds: number | undefined;
  readonly errors: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** Uses of the feature batch_extraction. */
  readonly batches: number;
  /** `healthy`, `degraded`, `unhealthy` or `unknown`. */
  readonly health: string;
}

/** One line, no longer than `columns` where that is known. */
export function formatLiveLine(figures: LiveFigures, columns = Number.POSITIVE_INFINITY): string {
  const requests = figures.cacheHits + figures.cacheMisses;
  // What matters most comes first: a narrow terminal cuts the end off.
  const parts = [
    uptime(figures.uptimeSeconds),
    figures.health,
    count(figures.batches, 'batch', 'batches'),
    `${count(figures.operations, 'operation')} (${figures.failures} failed)`,
    count(figures.errors, 'error'),
    `thumbnails ${requests === 0 ? '-' : `${Math.round((100 * figures.cacheHits) / requests)}% hits`}`,
    `extraction p95 ${duration(figures.extractionP95Seconds)}`,
  ];
  const line = parts.join(' | ');
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}~`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function duration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '-';
  return seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

function uptime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min ${whole % 60} s`;
  return `${hours} h ${minutes % 60} min`;
}
