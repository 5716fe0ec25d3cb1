import { spawnSync } from 'node:child_process';
import { repositoryRoot } from '../repository.mjs';

/**
 * Runs a script of the root package.json; when it fails, what it printed are the problems.
 * @param {string} name
 * @returns {string[]}
 */
export function npmScriptProblems(name) {
  const { status, stdout, stderr, error } = spawnSync('npm', ['run', '--silent', name], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status === 0) return [];
  const said = `${stdout}${stderr}${error?.message ?? ''}`.trimEnd();
  return said === '' ? [`npm run ${name} ended with ${status}`] : said.split('\n');
}
