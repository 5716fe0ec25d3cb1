import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { collectorConfigFolder } from './repository.mjs';

/** As given to a Collector that is started in the root of the repository. */
export const baseConfig = 'collector-config/base.yaml';

/** What runs where nothing else is asked for: everything on this machine, to look at. */
export const localConfigs = [baseConfig, 'collector-config/files.yaml', 'collector-config/prometheus.yaml'];

/** Lists of extensions are appended to each other: the only lists that several overlays have a part in (base.yaml). */
export const mergeFlags = ['--feature-gates=confmap.enableMergeAppendOption'];

/**
 * The sets of files that must be valid: base.yaml alone, and every other file as an overlay on it.
 * @returns {string[][]}
 */
export function configurationSets(folder = collectorConfigFolder) {
  const overlays = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== 'base.yaml' && file !== 'builder.yaml')
    .sort();
  return [[baseConfig], ...overlays.map((file) => [baseConfig, posix.join('collector-config', file)])];
}

/**
 * @param {string[]} files
 * @returns {string[]} the Collector's arguments
 */
export function configArguments(files) {
  return [...mergeFlags, ...files.flatMap((file) => ['--config', file])];
}
