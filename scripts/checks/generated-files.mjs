import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.mjs';

/**
 * Files that are generated and committed. A generator run with `--check` writes nothing and ends with non-zero, naming the
 * files, when they are not what it would write. Add one here and it is checked.
 * @type {{ script: string, optional?: boolean }[]}
 */
export const generators = [{ script: 'scripts/generate.mjs' }];

/** @param {string} root */
export function generatedFileProblems(root = repositoryRoot, list = generators) {
  return list.flatMap(({ script, optional }) => {
    if (!existsSync(join(root, script))) return optional ? [] : [`${script} is not there`];
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    return status === 0 ? [] : [`${script} --check: ${(stdout + stderr).trim() || `ended with ${status}`}`];
  });
}
