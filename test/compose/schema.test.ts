import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { preparePython } from '../conformance/python-packages.js';
import { composeText, root } from './compose-file.js';

/** check-jsonschema, which has the schema of the Compose Specification inside, with all that it imports. */
const python = preparePython([
  'check-jsonschema==0.39.0',
  'attrs==26.1.0',
  'certifi==2026.10.18',
  'charset-normalizer==3.5.2',
  'click==8.5.1',
  'idna==3.20',
  'jsonschema==4.26.0',
  'jsonschema-specifications==2025.9.1',
  'referencing==0.37.0',
  'regress==2026.9.1',
  'requests==2.34.2',
  'rpds-py==2026.9.1',
  'ruamel.yaml==0.19.1',
  'typing-extensions==4.16.0',
  'urllib3==2.8.0',
]);

function check(file: string): { status: number | null; output: string } {
  const args = ['-m', 'check_jsonschema', '--builtin-schema', 'vendor.compose-spec', file];
  const { status, stdout, stderr } = spawnSync('python3', args, {
    env: { ...process.env, PYTHONPATH: python, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

it.skipIf(python === undefined)('docker-compose.yml is valid by the Compose Specification (needs Python)', () => {
  expect(check(join(root, 'docker-compose.yml'))).toMatchObject({ status: 0 });
});

it.skipIf(python === undefined)('a file with a mistake is none (needs Python)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-compose-'));
  try {
    const wrong = composeText.replace('cap_drop: [ALL]', 'cap_dropped: [ALL]');
    expect(wrong).not.toBe(composeText);
    writeFileSync(join(folder, 'docker-compose.yml'), wrong);
    const { status, output } = check(join(folder, 'docker-compose.yml'));
    expect([status, output]).toEqual([1, expect.stringContaining('cap_dropped')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
