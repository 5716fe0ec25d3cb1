import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, whatever the current folder is. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Where the Collector's configuration files and builder.yaml are. */
export const collectorConfigFolder = join(repositoryRoot, 'collector-config');

/**
 * @typedef {Record<string, string>} Dependencies
 * @typedef {{
 *   name: string, version: string, private?: boolean, license?: string, type?: string, files?: string[],
 *   engines?: Record<string, string>, exports?: Record<string, string | Record<string, string>>,
 *   bin?: Record<string, string>, dependencies?: Dependencies, devDependencies?: Dependencies,
 *   peerDependencies?: Dependencies, optionalDependencies?: Dependencies,
 * }} Manifest a package.json
 * @typedef {{ folder: string, short: string, manifest: Manifest }} WorkspacePackage
 */

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * The packages that are published: every folder of packages/, by name.
 * @returns {WorkspacePackage[]}
 */
export function workspacePackages(root = repositoryRoot) {
  return readdirSync(join(root, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const folder = join(root, 'packages', entry.name);
      return { folder, short: entry.name, manifest: readManifest(folder) };
    })
    .sort((a, b) => a.short.localeCompare(b.short));
}
