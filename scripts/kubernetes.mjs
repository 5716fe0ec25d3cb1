/**
 * Finds the control plane of Kubernetes that manifests are tried against, or builds it with Go, once, into the cache outside of the tree.
 */
import { buildKubernetes } from './build-kubernetes.mjs';
import { goRelease } from './collector-cache.mjs';
import { findKubernetes } from './find-kubernetes.mjs';

const usage = `node scripts/kubernetes.mjs --print   print the folder of the programs, building it when there is none
node scripts/kubernetes.mjs --find    print the folder of the programs, or end with 69 when there is none`;

/** EX_UNAVAILABLE of sysexits: what is needed is not there. */
const unavailable = 69;

/** @param {string} line */
const say = (line) => void process.stderr.write(`kubernetes: ${line}\n`);

/**
 * @param {string | undefined} what
 * @returns {Promise<number>} the exit code
 */
async function main(what) {
  if (what !== '--find' && what !== '--print') {
    console.log(usage);
    return what === '--help' ? 0 : 64;
  }
  const { path, notes } = findKubernetes(process.env);
  if (path !== undefined) {
    console.log(path);
    return 0;
  }
  const release = goRelease(process.env);
  if (what === '--find' || process.env.KUBERNETES_PROGRAMS || release === undefined) {
    for (const note of notes) say(note);
    say('one of these is enough: KUBERNETES_PROGRAMS=/folder/of/programs, or Go (https://go.dev/dl) and --print');
    return unavailable;
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    console.log(await buildKubernetes({ env: process.env, goRelease: release, say, signal: interrupted.signal }));
    return 0;
  } catch (error) {
    say(`the build with Go failed: ${/** @type {Error} */ (error).message}`);
    return unavailable;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

process.exitCode = await main(process.argv[2]);
