import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';
import { described, realTraces } from '../corpus/corpus.js';

const file = new URL('./group-ids.json', import.meta.url);

/** One trace of each fault, by the fault. */
function groupIds(): Record<string, string> {
  const ids = new Map<string, string>();
  for (const trace of realTraces()) {
    if (!ids.has(trace.fault)) ids.set(trace.fault, fingerprintOf(described(trace)).groupId);
  }
  return Object.fromEntries([...ids].sort(([one], [other]) => (one < other ? -1 : 1)));
}

describe('the ids of groups', () => {
  // UPDATE_GROUP_IDS=1 accepts a change: all groups that anybody keeps, and everything that refers to them, begin anew
  if (process.env.UPDATE_GROUP_IDS === '1') writeFileSync(file, `${JSON.stringify(groupIds(), null, 2)}\n`);

  it('never change', () => {
    expect(groupIds()).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
