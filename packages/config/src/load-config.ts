import { defaults } from './defaults.js';
import { type Environment, environmentLayer, variableText } from './environment/environment-layer.js';
import { CONFIG_FILE_VARIABLE } from './environment/variables.js';
import { fileLayer } from './file/file-layer.js';
import { type FileContext, readFileNow, readSettingsFile } from './file/read-settings-file.js';
import { Findings } from './findings.js';
import { describeFound } from './found.js';
import { dataLayer } from './layers/data-layer.js';
import type { Layer } from './layers/layer.js';
import { mergeLayers } from './layers/merge.js';
import { isPlainObject } from './layers/plain-data.js';
import type { MonitoringConfig } from './monitoring-config.js';
import type { MonitoringOptions } from './monitoring-options.js';
import { resolveConfig } from './resolve/resolve-config.js';

/** Where the configuration is looked for; all of it may be left out. */
export interface ConfigInput {
  /** What code says. It wins over everything but `OTEL_SDK_DISABLED=true`. */
  readonly code?: MonitoringOptions | undefined;
  /** Default `process.env`. */
  readonly env?: Environment | undefined;
  /** Folder that relative paths of files begin at. Default the working directory. */
  readonly cwd?: string | undefined;
  /** Reads a file as text, synchronously. Default from the disk. */
  readonly readFile?: ((path: string) => string) | undefined;
}

export interface LoadedConfig {
  readonly config: MonitoringConfig;
  /** What is accepted but does not do what its author may believe; one line each, without secrets. */
  readonly warnings: readonly string[];
  /** Where each value comes from, by path: `code`, `environment NAME`, `file PATH` or `default`. */
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Reads, checks and merges the configuration, synchronously: code wins over the environment, that over the file, that
 * over the defaults, key by key. Throws a ConfigError, and nothing else, when any source has a value that cannot be
 * used, whether or not another source would win over it.
 */
export function loadConfig(input: ConfigInput = {}): LoadedConfig {
  const findings = new Findings();
  const { env = process.env, readFile = readFileNow } = input;
  const context: FileContext = { cwd: input.cwd ?? '.', readFile, findings };

  const { config: named, options } = splitCode(input.code, findings);
  const environment = environmentLayer(env, context);
  const layers = [
    ...killSwitch(environment),
    dataLayer(options, { source: 'code', spelling: 'camelCase', prefix: [] }, findings),
    environment,
    settingsFile(named, env, context),
    { values: defaults, sourceOf: () => 'default' },
  ];
  findings.throwIfBad();
  const merged = mergeLayers(layers);
  const config = resolveConfig(merged, findings);
  return { config, warnings: findings.warnings, sources: merged.sources };
}

/** `OTEL_SDK_DISABLED=true` is the operator's way to stop it all; no code may be in its way. */
function killSwitch({ values, sourceOf }: Layer): Layer[] {
  return values.enabled === false ? [{ values: { enabled: false }, sourceOf }] : [];
}

function settingsFile(named: unknown, env: Environment, context: FileContext): Layer {
  const { findings } = context;
  if (typeof named === 'string' && named !== '') return readLayer(named, 'code', context);
  if (typeof named === 'object' && named !== null) return fileLayer(named, 'code config', findings);
  if (named !== undefined && named !== null && named !== '') {
    const expected = 'the path of a configuration file, or its content as an object';
    findings.problem({ path: 'config', found: describeFound(named, ['config']), expected, source: 'code' });
  }
  const fromEnvironment = variableText(env, CONFIG_FILE_VARIABLE);
  if (fromEnvironment === undefined) return fileLayer(undefined, '', findings);
  return readLayer(fromEnvironment, `environment ${CONFIG_FILE_VARIABLE}`, context);
}

function readLayer(name: string, namedBy: string, context: FileContext): Layer {
  return fileLayer(readSettingsFile(name, namedBy, context), `file ${name}`, context.findings);
}

function splitCode(code: unknown, findings: Findings): { config: unknown; options: unknown } {
  if (code === undefined || code === null) return { config: undefined, options: {} };
  let found: string;
  try {
    if (isPlainObject(code)) {
      const { config, ...options } = code;
      return { config, options };
    }
    found = typeof code === 'object' ? 'an object of a class' : describeFound(code, []);
  } catch {
    found = 'something that cannot be read';
  }
  findings.problem({ path: 'options', found, expected: 'a plain object', source: 'code' });
  return { config: undefined, options: {} };
}
