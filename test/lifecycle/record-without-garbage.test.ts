import { expect, test } from 'vitest';
import { program, runProgram } from './run-program.js';

test('nine million measurements on bound handles, exemplars among them, allocate nothing', async () => {
  const { code, stdout, stderr } = await runProgram(program('record-without-garbage.mjs'), { timeoutMillis: 60_000 });
  expect([code, stderr]).toEqual([0, '']);
  const { recording, isAllocationSeen, count } = JSON.parse(stdout);
  // one object a measurement would be two dozen collections; one may come from the timers of the program
  expect(recording).toBeLessThanOrEqual(1);
  expect(isAllocationSeen).toBe(true);
  expect(count).toBe(21_000_000);
});
