import { runCli, type Surroundings } from '../src/index.js';

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the command in this process; whoever it asks is `more.fetch`. */
export async function run(args: string[], more: Partial<Surroundings> = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    env: {},
    fetch: async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
    },
    cwd: import.meta.dirname,
    nodeVersion: '20.20.0',
    ...more,
  });
  return { exitCode, stdout, stderr };
}

/** A fetch that answers everything with this. */
export function answering(body: unknown, status = 200): typeof globalThis.fetch {
  return async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
}
