import { processWide } from './registry.js';

/** Which instrumentations of libraries are used, by short names (`express`). */
export interface InstrumentationSettings {
  /** Only these; undefined: all that are installed. */
  readonly enabled: readonly string[] | undefined;
  readonly disabled: readonly string[];
  /** What the constructor of each is given. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What has become of the instrumentation of one library. */
export interface InstrumentationStatus {
  /** The short name: `express`. */
  readonly name: string;
  /** `enabled`: it was loaded. `disabled`: by the settings. `refused`: it is there, or was asked for, and cannot be used. */
  readonly state: 'enabled' | 'disabled' | 'refused';
  /** The package that it comes from, with its version. */
  readonly package?: string;
  /** Why it was refused. */
  readonly reason?: string;
  /** The libraries that it has patched in this thread, with their versions: none until the program loads them. */
  readonly patched?: readonly string[];
  /** The libraries that the program has loaded in a version that the instrumentation does not know. */
  readonly unsupported?: readonly string[];
}

interface Instrumentations {
  /** True from the moment somebody has looked for instrumentations in this thread: they are loaded once. */
  started: boolean;
  /** What is there now; cheap enough for each page that shows it. */
  read: () => readonly InstrumentationStatus[];
}

/** The instrumentations of this thread, whichever copy of `register` loaded them. */
export const instrumentations: Instrumentations = processWide('instrumentations', () => ({
  started: false,
  read: () => [],
}));
