import { expect, test } from 'vitest';
import { nodes } from '../beside/nodes.js';
import { program, runProgram } from './run-program.js';

test.each(nodes())(
  '10,000 groups of errors with their stacks and samples are less than 20 MB, on %s',
  async (_, node) => {
    const options = { node, nodeOptions: ['--expose-gc'], timeoutMillis: 110_000 };
    const { code, stderr, stdout } = await runProgram(program('ten-thousand-groups.mjs'), options);
    expect([code, stderr]).toEqual([0, '']);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ errors: 30_000, groups: 10_000, evicted: 0 });
    expect(found.stackLength).toBeGreaterThan(1200);
    expect(found.samples).toBeGreaterThan(4000);
    expect(found.bytes).toBeLessThan(20_000_000);
    // what monitoring says of itself is not far off
    expect(found.estimated).toBeLessThan(20_000_000);
    expect(found.estimated).toBeGreaterThan(found.bytes * 0.8);
  },
);
