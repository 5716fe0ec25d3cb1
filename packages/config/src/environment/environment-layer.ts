import { resolve } from 'node:path';
import { errorCode, type FileContext } from '../file/read-settings-file.js';
import type { Findings } from '../findings.js';
import { quoted, quotedAddress, shownKey } from '../found.js';
import { makeCanonical, setIfFree } from '../layers/canonical.js';
import { check } from '../layers/check.js';
import type { Layer } from '../layers/layer.js';
import { put } from '../layers/plain-data.js';
import { nearestName } from '../nearest-name.js';
import { samplerVariables } from './processor-variables.js';
import type { Reader, Variable } from './variable.js';
import { environmentNames, SAMPLER_ARGUMENT_VARIABLE, SAMPLER_VARIABLE, variables } from './variables.js';

/** An environment as processes have it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a variable, trimmed; undefined when it is unset or empty, which the specification says is the same. */
export function variableText(env: Environment, name: string): string | undefined {
  const text: unknown = env[name];
  if (typeof text !== 'string') return undefined;
  return text.trim() || undefined;
}

interface Said {
  variable: Variable;
  text: string;
  expected: string | undefined;
}

interface Gathered {
  values: Record<string, unknown>;
  decided: Map<string, boolean>;
  said: Map<string, Said>;
}

/** The layer of the environment, read variable by variable. */
export function environmentLayer(env: Environment, context: FileContext): Layer {
  const { findings } = context;
  const values: Record<string, unknown> = {};
  const decided = new Map<string, boolean>();
  const said = new Map<string, Said>();

  const read = (variable: Variable) => {
    const text = variableText(env, variable.name);
    if (text === undefined) return;
    variable.read(text, readerFor(variable, text, { values, decided, said }, context));
  };
  for (const variable of variables) read(variable);
  for (const variable of samplerVariables(SAMPLER_VARIABLE, SAMPLER_ARGUMENT_VARIABLE, (name) =>
    variableText(env, name),
  )) {
    read(variable);
  }
  warnOfUnknown(env, findings);

  const data = check(
    values,
    (path) => {
      const key = path.join('.');
      const entry = nearest(said, key);
      const source = entry === undefined ? 'environment' : `environment ${entry.variable.name}`;
      return { path: key, source, found: entry && foundText(entry.variable, entry.text), expected: entry?.expected };
    },
    findings,
  );
  for (const [path, value] of decided) setIfFree(data, path, value);
  const moved = makeCanonical(data);
  return {
    values: data,
    sourceOf: (path) => `environment ${nearest(said, moved.get(path) ?? path)?.variable.name ?? ''}`.trimEnd(),
  };
}

function readerFor(
  variable: Variable,
  text: string,
  { values, decided, said }: Gathered,
  { cwd, readFile, findings }: FileContext,
): Reader {
  const source = `environment ${variable.name}`;
  const problem = (expected: string) =>
    findings.problem({ path: variable.name, found: foundText(variable, text), expected, source });
  return {
    put(path, value, expected) {
      if (said.has(path)) return;
      said.set(path, { variable, text, expected });
      const keys = path.split('.');
      let target = values;
      for (const key of keys.slice(0, -1)) {
        target[key] ??= {};
        target = target[key] as Record<string, unknown>;
      }
      put(target, keys.at(-1) as string, value);
    },
    decide(path, value) {
      decided.set(path, value);
      if (!said.has(path)) said.set(path, { variable, text, expected: undefined });
    },
    problem,
    warn: (words) => findings.warn(`${variable.name} ${words}`),
    file(path, expected) {
      try {
        return String(readFile(resolve(cwd, path)));
      } catch (error) {
        const found = `${foundText(variable, text)}, no readable file (${errorCode(error)})`;
        findings.problem({ path: variable.name, found, expected, source });
        return undefined;
      }
    },
  };
}

function foundText(variable: Variable, text: string): string {
  if (variable.shown === 'not') return '[redacted]';
  return variable.shown === 'as address' ? quotedAddress(text) : quoted(text);
}

/** What a variable said about this path or about what is around it. */
function nearest(said: ReadonlyMap<string, Said>, path: string): Said | undefined {
  for (let key = path; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('.')))) {
    const entry = said.get(key);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function warnOfUnknown(env: Environment, findings: Findings): void {
  const own = environmentNames.filter((name) => name.startsWith('OTEL_MONITOR_'));
  for (const name of Object.keys(env)) {
    if (!name.startsWith('OTEL_MONITOR_') || own.includes(name)) continue;
    const near = nearestName(name, own);
    findings.warn(
      `unknown environment variable ${shownKey(name)}${near === undefined ? '' : `, did you mean ${near}?`}`,
    );
  }
}
