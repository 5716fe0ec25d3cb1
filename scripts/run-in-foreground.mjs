import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @type {NodeJS.Signals[]} */
const passedThrough = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command in place of this process: its terminal, its signals, its exit code (128 + n after signal n).
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    // before the start: the command may run, and be asked to end, while spawn has not returned yet
    for (const signal of passedThrough) process.on(signal, pass);
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const done = () => {
      for (const signal of passedThrough) process.off(signal, pass);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
