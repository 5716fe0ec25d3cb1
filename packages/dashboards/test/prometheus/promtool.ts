import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ProgramVersion } from '../../../../test/real-parts/program-versions.js';
import { prometheusVersions } from '../../../../test/real-parts/prometheus.js';

/** A promtool, and how a test says in its name that it needs it. */
export interface Promtool {
  readonly needs: string;
  readonly path: string | undefined;
  /** Of its Prometheus. In 3 a window leaves out the value at its beginning. */
  readonly line: 2 | 3;
}

const asPromtool = ({ name, tool }: ProgramVersion): Promtool => ({
  needs: `(needs ${name})`,
  path: tool,
  line:
    tool !== undefined && spawnSync(tool, ['--version'], { encoding: 'utf8' }).stdout.includes('version 2.') ? 2 : 3,
});

/** That of docker-compose.yml and that on the PATH, of Prometheus 2 on Debian: the rules are for both. */
export const promtools: readonly Promtool[] = prometheusVersions.all.map(asPromtool);

/** For what one is enough for: that of docker-compose.yml, else that on the PATH. */
export const preferredPromtool: Promtool =
  promtools.find(({ path }) => path !== undefined) ?? asPromtool(prometheusVersions.shipped);

export interface PromtoolResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a promtool in a folder with these files, which is deleted afterwards. Values that are no text are written as YAML. */
export async function runPromtool(
  { path }: Promtool,
  args: readonly string[],
  files: Readonly<Record<string, string | object>>,
): Promise<PromtoolResult> {
  if (path === undefined) throw new Error('there is no such promtool');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : stringify(content));
    }
    return await run(path, args, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): Promise<PromtoolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject).on('close', (status) => resolve({ status, output }));
  });
}
