import { type ConfigError, type ConfigInput, type LoadedConfig, loadConfig } from '../src/index.js';

/** Loads with no environment but the one given. */
export function load(input: ConfigInput = {}): LoadedConfig {
  return loadConfig({ env: {}, ...input });
}

/** Loads with these files, by their last name. */
export function loadFile(name: string, text: string, input: ConfigInput = {}): LoadedConfig {
  return load({
    readFile: (path) => {
      if (path.endsWith(name)) return text;
      throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    },
    ...input,
    code: { ...input.code, config: name },
  });
}

/** The error that loading ends with. */
export function failure(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error('it was accepted');
}
