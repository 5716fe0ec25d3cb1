/**
 * What Grafana makes of a query before it sends it (Grafana, "Add and manage variables", "Prometheus template variables"):
 * the variables of the dashboard and its own are put in.
 */
export interface Choices {
  /** What is chosen at the top of the dashboard: one value, several, or `all`. */
  readonly variables: Readonly<Record<string, string | readonly string[]>>;
  /** Scrape interval of the data source, s. */
  readonly scrapeSeconds: number;
  /** Time from one point of a graph to the next, s. */
  readonly intervalSeconds: number;
  /** What is shown, s. */
  readonly rangeSeconds: number;
}

/** What "All" stands for: the variables' `allValue`. */
export const ALL = '.*';

/** The expression as Prometheus gets it. @throws for a variable that the dashboard does not have */
export function asked(expression: string, choices: Choices): string {
  const { scrapeSeconds, intervalSeconds, rangeSeconds } = choices;
  const own: Record<string, string> = {
    // four scrapes at least, and never a gap between two points
    __rate_interval: `${Math.max(intervalSeconds + scrapeSeconds, 4 * scrapeSeconds)}s`,
    __interval: `${intervalSeconds}s`,
    __interval_ms: `${intervalSeconds * 1000}`,
    __range: `${rangeSeconds}s`,
  };
  return expression.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_all, braced?: string, plain?: string) => {
    const name = (braced ?? plain) as string;
    const value = own[name] ?? choices.variables[name];
    if (value === undefined) throw new Error(`$${name} is no variable of the dashboard: ${expression}`);
    return typeof value === 'string' ? value : `(${value.map(escaped).join('|')})`;
  });
}

/** Signs of regular expressions, in a string of PromQL. */
const escaped = (value: string) => value.replaceAll(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');
