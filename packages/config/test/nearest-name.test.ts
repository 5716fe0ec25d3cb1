import { describe, expect, it } from 'vitest';
import { nearestName } from '../src/nearest-name.js';

const known = ['server', 'service', 'sampling', 'host', 'port', 'enabled'];

describe('nearestName', () => {
  it.each([
    ['sevrer', 'server'],
    ['servic', 'service'],
    ['Sampling', 'sampling'],
    ['hots', 'host'],
    ['ports', 'port'],
    ['enable', 'enabled'],
    ['x', undefined],
    ['', undefined],
    ['environment', undefined],
  ])('%s is nearest to %s', (name, expected) => {
    expect(nearestName(name, known)).toBe(expected);
  });

  it('does not work long on a long name', () => {
    const start = process.cpuUsage();
    expect(nearestName('x'.repeat(1_000_000), known)).toBeUndefined();
    // microseconds of this process, whatever else the machine does
    expect(process.cpuUsage(start).user).toBeLessThan(200_000);
  });
});
