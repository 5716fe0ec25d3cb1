import { runCli } from './run-cli.js';

/** Runs the command of this process and sets its exit code. */
export async function main(): Promise<void> {
  // a reader that has seen enough, such as head, is no error
  process.stdout.on('error', () => {});
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    env: process.env,
    fetch: globalThis.fetch,
    cwd: process.cwd(),
    nodeVersion: process.versions.node,
  });
}
