import { cleanName, cleanText, readOption } from '@otel-monitor/runtime';

const MAX_DEPENDENCIES = 32;
const RECOVERY_LENGTH = 512;

/** What was said of a component, cleaned. */
export interface Declaration {
  readonly critical: boolean;
  readonly dependsOn: readonly string[];
  readonly recovery: string | undefined;
  readonly restart: (() => unknown) | undefined;
}

/** Reads what options say of a component. Total on any input. */
export function readDeclaration(options: unknown): Declaration {
  const recovery = readOption(options, 'recovery');
  const restart = readOption(options, 'restart');
  return {
    critical: readOption(options, 'critical') === true,
    dependsOn: names(readOption(options, 'dependsOn')),
    recovery: typeof recovery === 'string' && recovery !== '' ? cleanText(recovery, RECOVERY_LENGTH) : undefined,
    restart: typeof restart === 'function' ? (restart as () => unknown) : undefined,
  };
}

/** A component that is both checked and beats is what either said of it. */
export function joinDeclarations(one: Declaration | undefined, other: Declaration | undefined): Declaration {
  return {
    critical: one?.critical === true || other?.critical === true,
    dependsOn: [...new Set([...(one?.dependsOn ?? []), ...(other?.dependsOn ?? [])])],
    recovery: one?.recovery ?? other?.recovery,
    restart: one?.restart ?? other?.restart,
  };
}

function names(given: unknown): string[] {
  if (typeof given === 'string') return [cleanName(given)];
  const found = new Set<string>();
  try {
    if (!Array.isArray(given)) return [];
    const length = Math.min(given.length, MAX_DEPENDENCIES);
    for (let i = 0; i < length; i += 1) found.add(cleanName(given[i]));
  } catch {
    // a list that cannot be read to its end counts as far as it was read
  }
  return [...found];
}
