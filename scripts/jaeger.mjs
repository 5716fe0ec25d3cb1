/**
 * Finds Jaeger for the end-to-end tests, or builds it with Go, once, into the cache outside of the tree.
 */
import { buildJaeger } from './build-jaeger.mjs';
import { goRelease } from './collector-cache.mjs';
import { findJaeger } from './find-jaeger.mjs';

const usage = `node scripts/jaeger.mjs --print   print the executable's path, building it when there is none
node scripts/jaeger.mjs --find    print the executable's path, or end with 69 when there is none`;

/** EX_UNAVAILABLE of sysexits: what is needed is not there. */
const unavailable = 69;

/** @param {string} line */
const say = (line) => void process.stderr.write(`jaeger: ${line}\n`);

/**
 * @param {string | undefined} what
 * @returns {Promise<number>} the exit code
 */
async function main(what) {
  if (what !== '--find' && what !== '--print') {
    console.log(usage);
    return what === '--help' ? 0 : 64;
  }
  const { path, notes } = findJaeger(process.env);
  if (path !== undefined) {
    console.log(path);
    return 0;
  }
  const release = goRelease(process.env);
  if (what === '--find' || process.env.JAEGER || release === undefined) {
    for (const note of notes) say(note);
    say('one of these is enough: JAEGER=/path/to/jaeger, jaeger 2 on the PATH, or Go (https://go.dev/dl) and --print');
    return unavailable;
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    console.log(await buildJaeger({ env: process.env, goRelease: release, say, signal: interrupted.signal }));
    return 0;
  } catch (error) {
    say(`the build with Go failed: ${/** @type {Error} */ (error).message}`);
    return unavailable;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

process.exitCode = await main(process.argv[2]);
