import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startSink } from '../otlp/sink.js';
import { ownState } from '../own-state.js';
import { program } from './run-program.js';

/** A program in a process namespace of its own is its first process, as it is in a container. */
const ownNamespace = ['--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'];
const hasNamespaces = spawnSync('unshare', [...ownNamespace, 'true']).status === 0;
const it_ = it.skipIf(!hasNamespaces);

it_(
  'a container whose first process is the program ends on SIGTERM, and nothing is lost (needs namespaces)',
  async () => {
    const sink = await startSink();
    const container = spawn('unshare', [...ownNamespace, process.execPath, program('work-then-end.mjs'), 'wait'], {
      env: { PATH: process.env.PATH, ...ownState(), SINK: sink.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(container, 'close');
    let output = '';
    container.stdout.on('data', (chunk) => (output += chunk));
    while (!output.includes('ready') && container.exitCode === null) await delay(20);
    const [first] = readFileSync(`/proc/${container.pid}/task/${container.pid}/children`, 'utf8').trim().split(' ');
    process.kill(Number(first), 'SIGTERM');
    const late = setTimeout(() => container.kill('SIGKILL'), 10_000);
    expect(await closed).toEqual([143, null]);
    clearTimeout(late);
    expect(sink.received().spans.map(({ item }) => item.name)).toEqual(['work']);
    await sink.close();
  },
);
