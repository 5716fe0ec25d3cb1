import type { Findings } from '../findings.js';
import type { PropagatorName } from '../monitoring-config.js';

const SUPPORTED: readonly string[] = ['tracecontext', 'baggage', 'b3', 'b3multi'] satisfies PropagatorName[];

/** The propagators that there are, in order and once each; a warning for each other one. */
export function resolvePropagators(names: readonly string[], findings: Findings): readonly PropagatorName[] {
  const known = new Set<PropagatorName>();
  for (const name of names) {
    if (isSupported(name)) known.add(name);
    else if (name !== 'none') findings.warn(`propagator ${name} is not supported by this version and left out`);
  }
  return [...known];
}

function isSupported(name: string): name is PropagatorName {
  return SUPPORTED.includes(name);
}
