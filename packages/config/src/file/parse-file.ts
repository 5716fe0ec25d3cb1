import type module from 'node:module';
import { jsonErrorPosition } from './json-position.js';

/** The content of a file, or why it has none: what was found and what is expected. */
export type Parsed = { content: unknown } | { found: string; expected: string };

/** Parses by the ending of the name: `.yaml` and `.yml` are YAML, all else JSON. Messages never quote the text. */
export function parseFile(name: string, text: string): Parsed {
  const withoutMark = text.replace(/^\uFEFF/, '');
  return /\.ya?ml$/i.test(name) ? parseYaml(withoutMark) : parseJson(withoutMark);
}

function parseJson(text: string): Parsed {
  try {
    return { content: JSON.parse(text) as unknown };
  } catch {
    const { line, column } = jsonErrorPosition(text);
    return { found: `text that stops being JSON at line ${line}, column ${column}`, expected: 'JSON' };
  }
}

function parseYaml(text: string): Parsed {
  // only who has a YAML file pays for the parser
  const { createRequire } = process.getBuiltinModule('node:module') as typeof module;
  const { parseDocument } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    return { found: `text that stops being YAML at line ${line}, column ${col} (${error.code})`, expected: 'YAML' };
  }
  try {
    return { content: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch {
    return { found: 'YAML whose aliases unfold to too much', expected: 'YAML with few aliases' };
  }
}
