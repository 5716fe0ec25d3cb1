import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownState } from '../own-state.js';
import { program, runProgram } from './run-program.js';

interface Kept {
  groups: [title: string, count: number][];
  features: [name: string, uses: number][];
  state: { state: string; slot?: number; problems: string[]; directory: string };
}

/** What a process of the service finds that starts now. */
async function kept(service: string, env: Record<string, string>): Promise<Kept> {
  const { stdout } = await runProgram(program('kept-state.mjs'), { args: [service], env });
  return JSON.parse(stdout) as Kept;
}

describe('what a process has counted is there for the next one', () => {
  test.each(['natural', 'exit-code', 'process-exit', 'many-then-exit-later', 'shutdown', 'wait', 'own-shutdown'])(
    'after it ended: %s',
    async (ending) => {
      const env = ownState();
      const signal = ending === 'wait' || ending === 'own-shutdown' ? 'SIGTERM' : undefined;
      for (let run = 0; run < 2; run += 1) {
        const { stderr } = await runProgram(program('work-then-end.mjs'), {
          args: [ending],
          env,
          ...(signal && { signal }),
        });
        expect(stderr).toBe('');
      }
      const { groups, state } = await kept('ending', env);
      expect(groups).toEqual([[expect.stringContaining('Corrupt'), 2]]);
      expect(state).toMatchObject({ state: 'open', slot: 0, problems: [] });
    },
  );

  test.each(['throw', 'reject', 'throw-after-exit-listener'])('after an uncaught error: %s', async (ending) => {
    const env = ownState();
    await runProgram(program('work-then-end.mjs'), { args: [ending], env });
    const { groups } = await kept('ending', env);
    expect(groups).toEqual([
      [expect.stringContaining('Corrupt'), 1],
      [expect.stringContaining('RangeError'), 1],
    ]);
  });

  test('when each dies at its start', async () => {
    const env = ownState();
    for (let run = 0; run < 3; run += 1) {
      const { code, stderr } = await runProgram(program('fail-at-start.mjs'), { env });
      expect(code).toBe(1);
      expect(stderr).not.toContain('otel-monitor:');
    }
    const { groups } = await kept('failing', env);
    expect(groups).toEqual([[expect.stringContaining('RangeError'), 3]]);
  });

  test('and nothing of it can be read by others', async () => {
    const env = ownState();
    await runProgram(program('work-then-end.mjs'), { args: ['natural'], env });
    const { state } = await kept('ending', env);
    for (const path of readdirSync(state.directory, { recursive: true, encoding: 'utf8' })) {
      const { mode, uid } = statSync(join(state.directory, path));
      expect([path, mode & 0o077, uid]).toEqual([path, 0, process.getuid?.()]);
    }
    expect(readFileSync(join(state.directory, 'user-hash.key'), 'latin1')).toMatch(/^[\da-f]{64}\n$/);
  });
});

interface Storm {
  /** What it had in memory before it began. */
  restored: number;
  /** How many errors and how many writes it had told of, line by line. */
  told: [captured: number, flushes: number][];
}

/** Errors between two lines of the storm: so many are safe at least once three writes were told of. */
const ERRORS_A_LINE = 200;

/** Lets errors storm, and kills the process at a random moment of it, when it has told of three writes. */
async function killedStorm(env: Record<string, string>): Promise<Storm> {
  const child: ChildProcess = spawn(process.execPath, [program('error-storm.mjs')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let isToldOf = false;
  child.stdout?.on('data', (chunk) => {
    output += chunk;
    if (isToldOf || !/^\d+ [3-9]$/m.test(output)) return;
    isToldOf = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 300);
  });
  await once(child, 'close');
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  const told = lines.slice(1).map((line) => line.split(' ').map(Number) as [number, number]);
  return { restored: Number(lines[0]?.replace('restored ', '')), told };
}

describe('kill -9 in the middle of a storm', () => {
  test('loses at most what came after the last write, 20 times in a row', async () => {
    const env = ownState();
    let least = 0;
    let most = 0;
    for (let run = 0; run <= 20; run += 1) {
      const { restored, told } = await killedStorm(env);
      expect(restored).toBeGreaterThanOrEqual(least);
      expect(restored).toBeLessThanOrEqual(most);
      const writes = told.at(-1)?.[1] ?? 0;
      // the last write that it told of began when the one before had ended, or later
      const safe = told.findLast(([, flushes]) => flushes < writes - 1)?.[0] ?? 0;
      least = restored + safe;
      // it was killed before it could tell of the last ones
      most = restored + (told.at(-1)?.[0] ?? 0) + 2000;
    }
    expect(least).toBeGreaterThanOrEqual(20 * ERRORS_A_LINE);
    const { state } = await kept('storm', env);
    expect(state.slot).toBe(0);
    // at most the last line of a journal was cut off; nothing else is wrong
    for (const problem of state.problems) expect(problem).toContain('journal ends in the middle of a write');
  });
});

/** So many processes of one service that start at the same time, and the slot of each. */
function holders(count: number, env: Record<string, string>) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const child = spawn(process.execPath, [program('holds-slot.mjs')], {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return { child, slot: Number(String(line)) };
    }),
  );
}

describe('several processes of one service', () => {
  test('get a slot each, also where many find the lock of one that was killed', async () => {
    const env = ownState();
    const { state } = await kept('ending', env);
    const slot = join(state.directory, '0');
    const [killed] = await holders(1, env);
    const [lock = ''] = readdirSync(slot).filter((name) => name.startsWith('lock.'));
    const holder = JSON.parse(readFileSync(join(slot, lock), 'utf8')) as object;
    killed?.child.kill('SIGKILL');
    // no process has that number
    writeFileSync(join(slot, lock), JSON.stringify({ ...holder, pid: 4_194_999 }));
    const slots = await holders(6, env);
    for (const { child } of slots) child.stdin.end();
    await Promise.all(slots.map(({ child }) => once(child, 'close')));
    expect(slots.map((each) => each.slot).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('a disk on which nothing more fits', () => {
  test('costs files, and nothing in memory', async () => {
    const env = ownState();
    const limited = await runProgram('-c', {
      node: '/bin/sh',
      args: [`ulimit -f 24; exec ${process.execPath} ${program('full-disk.mjs')}`],
      env,
    });
    const { groups, failedFlushes, problems } = JSON.parse(limited.stdout);
    expect(groups).toBe(40);
    expect(failedFlushes).toBeGreaterThan(0);
    expect(problems).toEqual([expect.stringContaining('EFBIG')]);
    // what was written before is whole
    const { groups: found } = await kept('full', env);
    expect(found.length).toBeGreaterThan(0);
    for (const [, count] of found) expect(count).toBeLessThanOrEqual(3);
  });
});
