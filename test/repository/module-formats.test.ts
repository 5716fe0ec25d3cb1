import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { workspacePackages } from '../../scripts/repository.mjs';

/** Loads the built module both ways in one process; what `require` gives must be what `import` gives, object by object. */
const script = `
const { createRequire } = require('node:module');
const specifier = process.argv[1];
const required = require(specifier);
import(specifier).then((imported) => {
  const names = Object.keys(imported).filter((name) => name !== 'module.exports').sort();
  const different = names.filter((name) => imported[name] !== required[name]);
  console.log(JSON.stringify({ names, required: Object.keys(required).sort(), different }));
});
`;

interface Loaded {
  names: string[];
  required: string[];
  different: string[];
}

/** Entry points that act when they are loaded: their sources are checked for top-level await instead. */
const acting = new Set(['@otel-monitor/node/register']);

const entries = workspacePackages().flatMap(({ folder, manifest }) =>
  Object.keys(manifest.exports ?? {})
    .filter((path) => !path.endsWith('.json'))
    .map((path) => ({ folder, entry: `${manifest.name}${path.slice(1)}` }))
    .filter(({ entry }) => !acting.has(entry)),
);

describe.each(entries)('$entry', ({ folder, entry }) => {
  it('is the same by require() and by import, and lets the process end', () => {
    const args = ['--no-warnings', '-e', script, entry];
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
      env: { PATH: process.env.PATH },
    });
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
    const { names, required, different } = JSON.parse(stdout) as Loaded;
    expect(names.length).toBeGreaterThan(0);
    expect(required.filter((name) => name !== '__esModule')).toEqual(names);
    expect(different).toEqual([]);
  });
});
