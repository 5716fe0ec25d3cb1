import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlagCounts } from '../../src/flags/flag-counts.js';
import { userCode } from '../../src/sketch/user-code.js';

function someCounts(): FlagCounts {
  const counts = new FlagCounts();
  counts.evaluated('on', undefined);
  counts.evaluated('on', undefined);
  counts.evaluated('_DEFAULT', 'general');
  counts.used('on', 'export', 3, 1);
  counts.of('on').users.add('key', userCode(1, 2));
  return counts;
}

describe('counts of a flag and day', () => {
  it('come back from their JSON, and add up', () => {
    const value = JSON.parse(JSON.stringify(someCounts().toValue()));
    expect(value).toEqual({
      variants: [
        ['on', 2, [['export', 3, 1]], [['key', expect.stringMatching(/^1c\w{5}$/)]]],
        ['_DEFAULT', 1, [], []],
      ],
      failures: [['general', 1]],
    });
    const read = FlagCounts.read(value);
    read?.merge(someCounts());
    expect(read?.toValue()).toEqual({
      variants: [
        ['on', 4, [['export', 6, 2]], [['key', expect.any(String)]]],
        ['_DEFAULT', 2, [], []],
      ],
      failures: [['general', 2]],
    });
  });

  it('are refused when any part is damaged', () => {
    const text = JSON.stringify(someCounts().toValue());
    for (const [from, to] of [
      ['"on",2', '"on",-2'],
      ['"on",2', '"on"'],
      ['"on"', '""'],
      ['"export",3', '"export",0.5'],
      ['"general",1', '1,1'],
      ['"failures"', '"none"'],
      ['"1c', '"2c'],
      ['"key"', '7'],
    ] as const) {
      expect(text).toContain(from);
      expect(FlagCounts.read(JSON.parse(text.replace(from, to)))).toBeUndefined();
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void FlagCounts.read(value)));
  });

  it('keep 50 features of a variant apart, and count the others as one', () => {
    const counts = new FlagCounts();
    for (let feature = 0; feature < 100; feature++) counts.used('on', `feature ${feature}`, 1, 0);
    const { features } = counts.of('on');
    expect([features.size, features.get('_OTHER')?.uses]).toEqual([51, 50]);
    expect(FlagCounts.read(counts.toValue())?.toValue()).toEqual(counts.toValue());
  });
});
