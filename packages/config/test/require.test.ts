import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));

describe.skipIf(!existsSync(built))('the built package', () => {
  it('can be required, loads at once, and reads YAML only when there is some', () => {
    const program = `
      const { loadConfig } = require(${JSON.stringify(built)});
      const loaded = () => Object.keys(require.cache).some((path) => /[\\\\/]yaml[\\\\/]/.test(path));
      const { config } = loadConfig({ env: {}, code: { service: { name: 'shop' } } });
      const before = loaded();
      loadConfig({ env: {}, code: { config: 'm.yaml' }, readFile: () => 'environment: x' });
      console.log(JSON.stringify([config.service.name, before, loaded()]));`;
    const output = execFileSync(process.execPath, ['--no-warnings', '-e', program], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(['shop', false, true]);
  });
});
