import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type DuctSize, equivalentDiameterM } from '../src/hvac/duct-size.js';
import { frictionRatePaPerM } from '../src/hvac/friction-rate.js';
import { preparePython, pythonFolder } from '../src/launcher/python-environment.js';

const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
const run = (args: readonly string[], input?: string) =>
  spawnSync('python3', args, { cwd: pythonFolder, env, encoding: 'utf8', input, timeout: 30_000 });
const hasPython = run(['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0;

const COMPARED = `
import json, sys
from duct_sizing import Size
from friction import friction_rate_pa_per_m
for flow, size, roughness in json.load(sys.stdin):
    print(friction_rate_pa_per_m(flow, Size.from_json(size).equivalent_diameter_m, roughness))
`;

describe.skipIf(!hasPython)('the duct-sizing service (needs Python 3.10)', () => {
  it('passes its own tests', () => {
    const { status, stderr } = run(['-m', 'unittest', '-q']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/Ran \d+ tests in .*\n\nOK\n$/) });
  });

  it('reckons the same friction as the calculators, from a whisper to a storm, round and rectangular', () => {
    const sizes: DuctSize[] = [
      { shape: 'round', diameterM: 0.063 },
      { shape: 'round', diameterM: 1.25 },
      { shape: 'rectangular', widthM: 0.4, heightM: 0.1 },
    ];
    const cases = sizes.flatMap((size) =>
      [0.0005, 0.02, 0.5, 9].flatMap((flow) => [0.00003, 0.003].map((roughness) => [flow, size, roughness] as const)),
    );
    const { stdout } = run(['-c', COMPARED], JSON.stringify(cases));
    const theirs = stdout.trim().split('\n').map(Number);
    expect(theirs).toHaveLength(cases.length);
    cases.forEach(([flow, size, roughness], index) => {
      expect(equivalentDiameterM(size)).toBeGreaterThan(0);
      const ours = frictionRatePaPerM(flow, size, roughness);
      expect(Math.abs(theirs[index]! / ours - 1)).toBeLessThan(1e-9);
    });
  });
});

describe('where Python is missing', () => {
  it('one line says so, and nothing is installed', async () => {
    let announced = 0;
    const missing = { ...process.env, SIZEWISE_PYTHON: '/nowhere/python3' };
    expect(await preparePython(missing, () => (announced += 1))).toEqual({
      missing: '/nowhere/python3 3.10 or later was not found',
    });
    expect(announced).toBe(0);
  });
});
