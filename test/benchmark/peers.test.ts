import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEERS, preparePeers } from './peers.mjs';

const root = new URL('../../', import.meta.url);
let cache: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'benchmark-peers-'));
  env = { OTELCOL_CACHE: cache };
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

describe('the peers of the benchmark', () => {
  it('are installed once, by exact versions, outside of the tree', () => {
    const installedIn: string[] = [];
    const install = (folder: string) => {
      installedIn.push(folder);
      expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies).toEqual(PEERS);
    };
    const { folder } = preparePeers(env, install) as { folder: string };
    expect(preparePeers(env, install)).toEqual({ folder });
    expect(installedIn).toHaveLength(1);
    expect(readdirSync(cache).map((name) => join(cache, name))).toEqual([folder]);
    expect(existsSync(join(folder, 'package.json'))).toBe(true);
    for (const version of Object.values(PEERS)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('leave nothing behind when they cannot be had, and are tried again by the next run', () => {
    const failed = preparePeers(env, () => {
      throw new Error('npm install failed: no network');
    });
    expect(failed).toEqual({ failed: new Error('npm install failed: no network') });
    expect(readdirSync(cache)).toEqual([]);
    expect(preparePeers(env, () => {})).toHaveProperty('folder');
  });

  it('are dependencies of nothing here', () => {
    const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as { packages: object };
    const locked = Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13));
    expect(locked.filter((name) => name in PEERS)).toEqual([]);
  });
});
