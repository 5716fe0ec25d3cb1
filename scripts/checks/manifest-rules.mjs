/** @import { Manifest } from '../repository.mjs' */

const engines = '>=20.19 <21 || >=22.12';
const api = '@opentelemetry/api';
const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * What is wrong with the package.json of a published package. The rules are those of CONTRIBUTING.md.
 * @param {Manifest} manifest
 * @returns {string[]}
 */
export function manifestProblems(manifest) {
  /** @type {string[]} */
  const problems = [];
  /**
   * @param {boolean} holds
   * @param {string} problem
   */
  const want = (holds, problem) => void (holds || problems.push(problem));

  want(manifest.license === 'Apache-2.0', 'license must be Apache-2.0');
  want(manifest.type === 'module', 'type must be module');
  want(manifest.engines?.node === engines, `engines.node must be ${engines}`);
  want(manifest.private !== true, 'must not be private');
  want(Array.isArray(manifest.files) && manifest.files.includes('dist'), 'files must list dist');
  want(manifest.exports?.['.'] !== undefined, 'exports must have "."');
  want(manifest.exports?.['./package.json'] === './package.json', 'exports must have "./package.json"');

  for (const [path, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue;
    want(Boolean(target.types && target.default), `exports["${path}"] must have types and default`);
    want(Object.keys(target).at(-1) === 'default', `exports["${path}"]: default must be last`);
    for (const [condition, file] of Object.entries(target)) {
      const folder = condition === 'source' ? './src/' : './dist/';
      want(file.startsWith(folder), `exports["${path}"].${condition} must be in ${folder}`);
    }
  }

  for (const field of /** @type {const} */ (['dependencies', 'optionalDependencies'])) {
    for (const [name, version] of Object.entries(manifest[field] ?? {})) {
      want(name !== api, `${field}: ${api} must be a peer, a second copy of it silences everything`);
      want(exact.test(version), `${field}: ${name} must be an exact version, found ${version}`);
      if (name.startsWith('@otel-monitor/')) {
        want(version === manifest.version, `${field}: ${name} must be ${manifest.version} like this package`);
      }
    }
  }
  const apiPeer = manifest.peerDependencies?.[api];
  want(apiPeer === undefined || apiPeer === '>=1.9.0 <2', `peerDependencies: ${api} must be >=1.9.0 <2`);
  for (const [name, version] of Object.entries(manifest.devDependencies ?? {})) {
    want(!name.startsWith('@opentelemetry/') || exact.test(version), `devDependencies: ${name} must be exact`);
  }
  return problems;
}

/**
 * The same OpenTelemetry package in two versions is two copies of it in node_modules.
 * @param {Manifest[]} manifests
 * @returns {string[]}
 */
export function versionConflicts(manifests) {
  /** @type {Map<string, Map<string, string>>} */
  const seen = new Map();
  for (const { name: owner, dependencies, devDependencies } of manifests) {
    for (const [name, version] of Object.entries({ ...devDependencies, ...dependencies })) {
      if (!name.startsWith('@opentelemetry/')) continue;
      seen.set(name, (seen.get(name) ?? new Map()).set(version, owner));
    }
  }
  return [...seen]
    .filter(([, versions]) => versions.size > 1)
    .map(
      ([name, versions]) => `${name}: ${[...versions].map(([version, owner]) => `${version} in ${owner}`).join(', ')}`,
    );
}
