import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { hasOpenssl } from './kustomize.js';

describe.skipIf(!hasOpenssl)('kubernetes/secrets/make.sh (needs openssl)', () => {
  let folder: string;
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const make = () => {
    execFileSync('sh', [join(folder, 'make.sh')], { cwd: tmpdir() });
    return { token: read('gateway/token'), tokens: read('gateway/tokens').trim().split('\n') };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-secrets-'));
    cpSync(join(repositoryRoot, 'kubernetes/secrets'), folder, {
      recursive: true,
      filter: (source) => !/(tokens?|\.key|\.crt)$/.test(source),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes what the Secrets are made of, for nobody else to read, and nothing anew', () => {
    make();
    const files = [
      'application/viewer-token',
      ...['tls.crt', 'tls.key', 'token', 'tokens'].map((of) => `gateway/${of}`),
    ];
    const made = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => files.includes(file));
    expect(made.sort()).toEqual(files);
    expect(files.map((file) => statSync(join(folder, file)).mode & 0o777)).toEqual(files.map(() => 0o600));
    expect([read('gateway/token'), read('application/viewer-token')]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    const before = files.map(read);
    make();
    expect(files.map(read)).toEqual(before);
  });

  it('changes a token so that old and new agents and gateways take each other’s, and the old one goes with the second time', () => {
    const first = make();
    rmSync(join(folder, 'gateway/token'));
    const second = make();
    expect(second.token).not.toBe(first.token);
    for (const { tokens } of [first, second]) {
      expect(new Set(tokens).size).toBe(3);
      expect(tokens).toEqual(expect.arrayContaining([first.token, second.token]));
    }
    rmSync(join(folder, 'gateway/token'));
    const third = make();
    expect(third.tokens).toContain(second.token);
    expect(third.tokens).not.toContain(first.token);
  });

  it('keeps a token that was made when there was one alone', () => {
    writeFileSync(join(folder, 'gateway/token'), 'of-an-earlier-version');
    const { token, tokens } = make();
    expect([token, tokens[1]]).toEqual(['of-an-earlier-version', 'of-an-earlier-version']);
  });
});
