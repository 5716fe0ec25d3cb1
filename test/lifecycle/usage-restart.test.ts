import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodes } from '../beside/nodes.js';
import { program, runProgram } from './run-program.js';

interface Release {
  readonly release: string;
}

/** Two of so few may share a place. */
const about = (count: number) => expect.toSatisfy((users: number) => Math.abs(users - count) <= 2);

test.each(nodes())('users are counted once over restarts, however a process ends, on %s', async (_name, node) => {
  const directory = mkdtempSync(join(tmpdir(), 'usage-restart-'));
  const run = (release: string, ...args: string[]) =>
    runProgram(program('count-users.mjs'), {
      node,
      args,
      env: { OTEL_MONITOR_STATE_DIRECTORY: directory, RELEASE: release },
    });
  try {
    const ends = [
      await run('1.0.0', '0', '300', 'naturally'),
      await run('1.1.0', '150', '350', 'exit'),
      // before the key of the files is known: of these the number stays, and not who they were
      await run('1.0.0', '0', '10', 'exit at once'),
      await run('1.1.0', '300', '400', 'kill'),
    ];
    expect(ends.map(({ code, signal, stderr }) => [code, signal, stderr])).toEqual([
      [0, null, ''],
      [0, null, ''],
      [0, null, ''],
      [null, 'SIGKILL', ''],
    ]);
    const { stdout, stderr } = await run('1.2.0', '390', '410', 'print');
    expect(stderr).toBe('');
    const { state, ...usage } = JSON.parse(stdout);
    // the first half of a run's users come before the release is known
    expect(usage).toEqual({
      uses: 630,
      users: about(410),
      active: usage.users,
      adoption: 1,
      durations: { count: 630, meanSeconds: 0.5, p50Seconds: expect.any(Number), p95Seconds: expect.any(Number) },
      releases: expect.any(Array),
    });
    expect(usage.releases.toSorted((one: Release, other: Release) => (one.release < other.release ? -1 : 1))).toEqual([
      { release: '1.0.0', uses: 155, users: about(150) },
      { release: '1.1.0', uses: 150, users: about(150) },
      { release: '1.2.0', uses: 10, users: 10 },
    ]);
    expect(state.problems).toEqual([]);
    expect(state.restored.refused).toBe(0);
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const written = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('');
    expect(written).toContain('checkout');
    expect(written).not.toMatch(/user-|example\.com/);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
