import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { readManifest, repositoryRoot, workspacePackages } from '../repository.mjs';
import { manifestProblems, versionConflicts } from './manifest-rules.mjs';

/** What publint says of each package: entry points, formats, types, files. */
export async function publintProblems() {
  /** @type {string[]} */
  const problems = [];
  for (const { folder, short } of workspacePackages()) {
    const { messages, pkg } = await publint({ pkgDir: folder, level: 'warning', pack: false });
    for (const message of messages)
      problems.push(`packages/${short}: ${formatMessage(message, pkg, { color: false })}`);
  }
  return problems;
}

/** Every file that a package.json names must be there once the packages are built. */
export function exportProblems() {
  return workspacePackages().flatMap(({ folder, short, manifest }) => {
    const exported = Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
      typeof target === 'string'
        ? [{ where: `exports["${path}"]`, file: target }]
        : Object.entries(target).map(([condition, file]) => ({ where: `exports["${path}"].${condition}`, file })),
    );
    const commands = Object.entries(manifest.bin ?? {}).map(([name, file]) => ({ where: `bin.${name}`, file }));
    return [...exported, ...commands]
      .filter(({ file }) => !existsSync(join(folder, file)))
      .map(({ where, file }) => `packages/${short}: ${where} names ${file}, which is not there`);
  });
}

/** The rules of manifest-rules.mjs for every package, and one version of each OpenTelemetry package in all. */
export function manifestRuleProblems() {
  const packages = workspacePackages();
  const manifests = [readManifest(repositoryRoot), ...packages.map(({ manifest }) => manifest)];
  return [
    ...packages.flatMap(({ short, manifest }) =>
      manifestProblems(manifest).map((problem) => `packages/${short}/package.json: ${problem}`),
    ),
    ...versionConflicts(manifests),
  ];
}
