/** What the search for a cause needs to know of a component. */
export interface Dependent {
  readonly name: string;
  readonly isUnhealthy: boolean;
  readonly dependsOn: readonly string[];
}

/**
 * The unhealthy component at the end of the chain of dependencies that begins at `start`, or undefined when nothing that
 * `start` needs is unhealthy. At each link the first unhealthy dependency is followed; a cycle ends where it closes.
 */
export function rootCause(start: Dependent, find: (name: string) => Dependent | undefined): string | undefined {
  const seen = new Set([start.name]);
  let cause: string | undefined;
  let current: Dependent | undefined = start;
  while (current !== undefined) {
    current = firstUnhealthy(current.dependsOn, find, seen);
    if (current === undefined) break;
    seen.add(current.name);
    cause = current.name;
  }
  return cause;
}

function firstUnhealthy(
  names: readonly string[],
  find: (name: string) => Dependent | undefined,
  seen: ReadonlySet<string>,
): Dependent | undefined {
  for (const name of names) {
    if (seen.has(name)) continue;
    const found = find(name);
    if (found?.isUnhealthy === true) return found;
  }
  return undefined;
}
