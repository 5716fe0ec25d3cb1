import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Variables that would change what a child measures. */
const INHERITED = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(OTEL_|METRICS_|DD_|SENTRY_|NODE_OPTIONS$)/.test(name)),
);
/** What a child keeps of errors and usage; no child finds what another one has left. */
const KEPT = mkdtempSync(join(tmpdir(), 'otel-monitor-benchmark-'));
process.once('exit', () => rmSync(KEPT, { recursive: true, force: true }));
const DEADLINE_MILLIS = 180_000;
/** `--import` resolves names from here. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Those of a part: the sink is not among them. */
const children = new Set();

/** Ends what a part that failed has left running, which would disturb the next. */
export async function killChildren() {
  await Promise.all(
    [...children].map((child) => {
      child.kill();
      return child.exited;
    }),
  );
}

/** Starts a file of this folder as a process of its own and waits for its messages by their `type`. */
export function startChild(file, { args = [], env = {}, nodeOptions = [] } = {}) {
  const spawnedAt = performance.now();
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env: { ...INHERITED, XDG_STATE_HOME: mkdtempSync(join(KEPT, 'state-')), ...env },
    cwd: ROOT,
    execArgv: nodeOptions,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr = (stderr + chunk).slice(-4000);
  });
  const waiting = new Map();
  const arrived = new Map();
  let ended;
  child.on('message', (message) => {
    const waiter = waiting.get(message.type);
    if (waiter === undefined) arrived.set(message.type, message);
    else {
      waiting.delete(message.type);
      waiter.resolve(message);
    }
  });
  const exited = new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      const thrown = /^\w*Error.*$/m.exec(stderr)?.[0] ?? 'it said nothing';
      ended = new Error(`${file} ended (${signal ?? code}): ${thrown}\n${stderr}`);
      for (const { reject } of waiting.values()) reject(ended);
      children.delete(started);
      resolve(code);
    });
  });

  const started = {
    spawnedAt,
    send: (message) => child.send(message),
    exited,
    kill: () => child.kill('SIGKILL'),
    /** The next message of this type; rejects when the child ends before or takes too long. */
    message: (type) => {
      const known = arrived.get(type);
      if (known !== undefined) {
        arrived.delete(type);
        return Promise.resolve(known);
      }
      if (ended !== undefined) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          child.kill('SIGKILL');
          reject(new Error(`${file} ${args.join(' ')} did not say ${type} in time\n${stderr}`));
        }, DEADLINE_MILLIS);
        const settle = (done) => (value) => {
          clearTimeout(timer);
          done(value);
        };
        waiting.set(type, { resolve: settle(resolve), reject: settle(reject) });
      });
    },
  };
  children.add(started);
  return started;
}

/** Runs a child that says one `result` and ends. */
export async function resultOf(file, options) {
  const child = startChild(file, options);
  const { result } = await child.message('result');
  await child.exited;
  return result;
}

/** The sink, as a process of its own. */
export async function startSink() {
  const child = startChild('./sink.mjs');
  children.delete(child);
  const { port } = await child.message('listening');
  return {
    url: `http://127.0.0.1:${port}`,
    keep: () => child.send({ type: 'keep' }),
    take: async () => {
      child.send({ type: 'take' });
      return child.message('taken');
    },
    stop: async () => {
      child.kill();
      await child.exited;
    },
  };
}
