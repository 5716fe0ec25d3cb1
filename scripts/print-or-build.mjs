import { goRelease } from './collector-cache.mjs';

/** EX_UNAVAILABLE of sysexits: what is needed is not there. */
const unavailable = 69;

/**
 * The command line of a program that tests need, found or built with Go once: `--find` and `--print`.
 * @param {{
 *   name: string, prints: string, enough: string, isChosen: boolean,
 *   find: (env: NodeJS.ProcessEnv) => { path?: string, notes: string[] },
 *   build: (options: { env: NodeJS.ProcessEnv, goRelease: string, say: (line: string) => void, signal: AbortSignal }) => Promise<string>,
 * }} program
 *   `name`: of the script and of the lines that it says. `prints`: what path it is. `enough`: what would do where there is
 *   none. `isChosen`: the environment names one, and nothing else is wanted
 * @param {string | undefined} what the argument
 * @returns {Promise<number>} the exit code
 */
export async function printOrBuild({ name, prints, enough, isChosen, find, build }, what) {
  /** @param {string} line */
  const say = (line) => void process.stderr.write(`${name}: ${line}\n`);
  if (what !== '--find' && what !== '--print') {
    console.log(`node scripts/${name}.mjs --print   print ${prints}, building it when there is none
node scripts/${name}.mjs --find    print ${prints}, or end with ${unavailable} when there is none`);
    return what === '--help' ? 0 : 64;
  }
  const { path, notes } = find(process.env);
  if (path !== undefined) {
    console.log(path);
    return 0;
  }
  const release = goRelease(process.env);
  if (what === '--find' || isChosen || release === undefined) {
    for (const note of notes) say(note);
    say(`one of these is enough: ${enough}, or Go (https://go.dev/dl) and --print`);
    return unavailable;
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    console.log(await build({ env: process.env, goRelease: release, say, signal: interrupted.signal }));
    return 0;
  } catch (error) {
    say(`the build with Go failed: ${/** @type {Error} */ (error).message}`);
    return unavailable;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
