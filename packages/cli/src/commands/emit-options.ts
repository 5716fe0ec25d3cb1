import { UsageError } from '../service/service-address.js';
import { printable } from '../text/printable.js';
import { alertmanagerEmitOptions } from './emit-alertmanager-options.js';
import type { Dashboards, EmitOption, EmitTarget, EmittedOptions } from './emit-option.js';
import { prometheusEmitOptions } from './emit-prometheus-options.js';

export const EMIT_OPTIONS: readonly EmitOption[] = [...prometheusEmitOptions, ...alertmanagerEmitOptions];

const flagOf = ({ flags }: EmitOption): string => flags.split(' ')[0] as string;

/** The name under which commander has it: `slackChannel`. */
export const keyOf = (option: EmitOption): string =>
  flagOf(option)
    .slice(2)
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The options of the package for a target, of what is given on the command line and in the environment.
 * @throws UsageError naming the option, what it must be and what it is; for one that is of another target
 */
export function optionsFor(
  target: EmitTarget,
  given: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
  dashboards: Dashboards,
): EmittedOptions {
  let options: EmittedOptions = {};
  for (const option of EMIT_OPTIONS) {
    const found = [given[keyOf(option)] ?? []].flat() as string[];
    if (option.target !== target && found.length > 0) {
      throw new UsageError(`${flagOf(option)}: expected with --for ${option.target}, found with --for ${target}`);
    }
    const isFromEnv = option.target === target && found.length === 0 && option.env !== undefined && env[option.env];
    const name = isFromEnv ? (option.env as string) : flagOf(option);
    for (const text of isFromEnv ? [isFromEnv] : found) {
      options = { ...options, ...readOne(option, name, text, options, dashboards) };
    }
  }
  return options;
}

/** What the package itself refuses is refused here under the name that it has on the command line. */
function readOne(
  option: EmitOption,
  name: string,
  text: string,
  before: EmittedOptions,
  dashboards: Dashboards,
): EmittedOptions {
  try {
    const read = option.read(text, dashboards, before);
    if (read !== undefined) {
      if (option.target === 'prometheus') dashboards.prometheusFiles(read);
      else dashboards.alertmanagerFiles(read);
      return read;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UsageError(`${name}: expected ${option.expected}, found ${text === '' ? 'nothing' : printable(text, 200)}`);
}
