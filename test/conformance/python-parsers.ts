import { fileURLToPath } from 'node:url';
import { runPython } from './python-packages.js';

/** Python packages that read pages of metrics. */
export const PAGE_PARSERS = ['prometheus-client==0.26.0'];

const script = fileURLToPath(new URL('parse-page.py', import.meta.url));

/** A sample as prometheus-client's parsers give it; numbers are as Python writes them. */
export interface PythonSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  readonly exemplar: { labels: Readonly<Record<string, string>>; value: string; seconds: string } | null;
}

export interface PythonFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly PythonSample[];
}

/** What prometheus-client's parser of the format makes of a page; throws with its words when it refuses it. */
export function parseByPython(packages: string, page: string, format: 'text' | 'openmetrics'): PythonFamily[] {
  try {
    return runPython(packages, script, [format], page) as PythonFamily[];
  } catch (error) {
    throw new Error(`prometheus-client refuses the page:\n${(error as Error).message}`);
  }
}
