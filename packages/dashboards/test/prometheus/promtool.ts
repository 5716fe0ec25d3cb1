import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { promtoolProgram } from '../../../../test/real-parts/prometheus.js';

/**
 * Whether there is none of the line 2. In 3 a window leaves out the value at its beginning, and what takes a minute here may
 * take another one there; the rules are for both.
 */
export const noPromtool =
  promtoolProgram === undefined ||
  !/version 2\./.test(spawnSync(promtoolProgram, ['--version'], { encoding: 'utf8' }).stdout);

export interface PromtoolResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs promtool in a folder with these files, which is deleted afterwards. Values that are no text are written as YAML. */
export async function promtool(
  args: readonly string[],
  files: Readonly<Record<string, string | object>>,
): Promise<PromtoolResult> {
  if (promtoolProgram === undefined) throw new Error('there is no promtool on the PATH');
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : stringify(content));
    }
    return await run(promtoolProgram, args, folder);
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

/** The test files that promtool says have failed. */
export const failedFiles = ({ output }: PromtoolResult): Set<string> =>
  new Set(
    output
      .split(/^Unit Testing:\s+/m)
      .slice(1)
      .filter((part) => !part.includes('SUCCESS'))
      .map((part) => part.split('\n')[0]?.trim() ?? ''),
  );
