import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ownState } from '../own-state.js';

const program = fileURLToPath(new URL('./programs/shop.mjs', import.meta.url));
const START_MILLIS = 30_000;
const END_MILLIS = 15_000;

/** `programs/shop.mjs` while it runs: a monitored program that works when it is told to. */
export interface RunningShop {
  readonly pid: number;
  /** Of its own server, whose /metrics is there. */
  readonly url: string;
  /** Works one order off; gives the id of its trace. */
  order(name: string): Promise<string>;
  /** The same with a payment that is refused. */
  failingOrder(name: string): Promise<string>;
  /** Everything that it has said, on stdout and stderr. */
  output(): string;
  /** Lets it flush and end; gives its exit code. */
  end(): Promise<number | null>;
}

/** Starts it with nothing but this of OTEL_*; it pushes often, so that nobody waits. */
export async function startShop(env: Readonly<Record<string, string>> = {}): Promise<RunningShop> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name),
  );
  const often = {
    OTEL_METRIC_EXPORT_INTERVAL: '500',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_BLRP_SCHEDULE_DELAY: '100',
  };
  const child = spawn(process.execPath, [program], {
    env: { ...Object.fromEntries(inherited), ...ownState(), ...often, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  closed.then(() => process.off('exit', kill));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));

  /** The first of its lines of JSON that has the key, and this value of it. */
  async function line(key: string, value?: string): Promise<Record<string, string>> {
    for (const deadline = Date.now() + START_MILLIS; ; await delay(10)) {
      const lines = output
        .split('\n')
        .slice(0, -1)
        .filter((text) => text.startsWith('{'));
      const found = lines
        .map((text) => JSON.parse(text))
        .find((each) => key in each && (value ?? each[key]) === each[key]);
      if (found !== undefined) return found;
      if (child.exitCode !== null || Date.now() > deadline) {
        kill();
        throw new Error(`the shop does not say ${key} ${value ?? ''}:\n${output}`);
      }
    }
  }
  const tell = async (text: string, order: string) => {
    child.stdin.write(`${text}\n`);
    return (await line('order', order)).traceId as string;
  };

  const { url } = await line('url');
  return {
    pid: child.pid as number,
    url: url as string,
    order: (name) => tell(name, name),
    failingOrder: (name) => tell(`fail ${name}`, name),
    output: () => output,
    end: async () => {
      child.stdin.end();
      const timer = setTimeout(kill, END_MILLIS);
      const code = await closed;
      clearTimeout(timer);
      return code;
    },
  };
}
