import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.mjs';

/**
 * A lock file that names the registry it was made with works only where that registry is reached.
 * @param {string} text
 * @returns {string[]}
 */
export function lockfileProblems(text = readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) {
  return text.split('\n').flatMap((line, index) => {
    const address = /"resolved":\s*"(\w+:)/.exec(line);
    const found = address !== null && address[1] !== 'file:';
    return found
      ? [`package-lock.json:${index + 1}: names a registry; .npmrc has omit-lockfile-registry-resolved`]
      : [];
  });
}
