import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @import { EmittedFile } from '@otel-monitor/dashboards' */

/**
 * Files that are generated into one folder.
 * @typedef {object} GeneratedOutput
 * @property {string} folder from the root of the repository
 * @property {RegExp} owns which files in it are generated, by their paths from it: those that nothing makes any more are a problem
 * @property {() => readonly EmittedFile[] | Promise<readonly EmittedFile[]>} files
 */

/**
 * Writes what is not there or differs. Nothing is deleted.
 * @param {string} root
 * @param {readonly GeneratedOutput[]} outputs
 * @returns {Promise<string[]>} the paths that were written
 */
export async function writeOutputs(root, outputs) {
  /** @type {string[]} */
  const written = [];
  for (const { folder, files } of outputs) {
    for (const { path, text } of await files()) {
      const file = join(root, folder, path);
      if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      written.push(`${folder}/${path}`);
    }
  }
  return written;
}

/**
 * What is wrong with the committed files: not there, different, or made by nothing any more.
 * @param {string} root
 * @param {readonly GeneratedOutput[]} outputs
 * @returns {Promise<string[]>}
 */
export async function outputProblems(root, outputs) {
  /** @type {string[]} */
  const problems = [];
  for (const { folder, owns, files } of outputs) {
    const made = await files();
    for (const { path, text } of made) {
      const file = join(root, folder, path);
      if (!existsSync(file)) problems.push(`${folder}/${path} is not there`);
      else if (readFileSync(file, 'utf8') !== text) problems.push(`${folder}/${path} is not what its source makes`);
    }
    const known = new Set(made.map(({ path }) => path));
    const there = existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { encoding: 'utf8', recursive: true }).sort()
      : [];
    for (const name of there) {
      if (owns.test(name) && !known.has(name)) problems.push(`${folder}/${name} is made by nothing any more`);
    }
  }
  return problems;
}
