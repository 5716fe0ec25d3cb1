import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Findings } from '../findings.js';
import { parseFile } from './parse-file.js';

const MAX_SIZE = 1_000_000;

/** Where the file comes from, for the parts that read it. */
export interface FileContext {
  readonly cwd: string;
  readonly readFile: (path: string) => string;
  readonly findings: Findings;
}

/** Reads a file as UTF-8, before the first await: providers must be registered by then. */
export function readFileNow(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The content of the configuration file, undefined after a problem. */
export function readSettingsFile(name: string, source: string, context: FileContext): unknown {
  const fail = (found: string, expected: string) => {
    context.findings.problem({ path: name, found, expected, source });
    return undefined;
  };
  let text: string;
  try {
    text = String(context.readFile(resolve(context.cwd, name)));
  } catch (error) {
    return fail(`no readable file (${errorCode(error)})`, 'the path of a configuration file, JSON or YAML');
  }
  if (text.length > MAX_SIZE) return fail(`${text.length} characters`, `at most ${MAX_SIZE} characters`);
  const parsed = parseFile(name, text);
  return 'content' in parsed ? parsed.content : fail(parsed.found, parsed.expected);
}

/** `ENOENT` and the like; a message would tell paths. */
export function errorCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'error';
}
