/**
 * Runs an OpenTelemetry Collector: one that is installed, one that was built earlier, one built now with Go, or the
 * image with Docker, in this order. See collector-config/README.md.
 */
import { buildCollector } from './build-collector.mjs';
import { goRelease, readBuilder } from './collector-cache.mjs';
import { combinations, configArguments, configFiles, configurationSets, overlayNames } from './collector-configs.mjs';
import { exampleEnvironment, missingEnvironment } from './collector-environment.mjs';
import { dockerArguments, dockerWorks } from './docker-collector.mjs';
import { findCollector } from './find-collector.mjs';
import { collectorConfigFolder, repositoryRoot } from './repository.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { wrongEnvironment } from './wrong-environment.mjs';

const usage = `npm run collector                  run base.yaml, files.yaml and prometheus.yaml of collector-config/ in the foreground
npm run collector -- with NAMES    run base.yaml with these overlays, combinations or files of your own: with jaeger,files
npm run collector -- validate      check every file of collector-config/, and every combination
npm run collector -- ARGS          run the Collector with these arguments
node scripts/collector.mjs --print   print the executable's path, building it when there is none
node scripts/collector.mjs --find    print the executable's path, or end with 69 when there is none

overlays: ${overlayNames().join(', ')}
combinations:
${combinations.map(({ name, overlays }) => `  ${name.padEnd(26)} ${overlays.join(',')}`).join('\n')}
collector-config/README.md tells what each of them is and needs.`;

/** EX_UNAVAILABLE of sysexits: what is needed is not there. */
const unavailable = 69;
/** EX_USAGE: the command, or the environment of what it asks for, is not right. */
const badUsage = 64;

/** @param {string} line */
const say = (line) => void process.stderr.write(`collector: ${line}\n`);

/**
 * @typedef {{ path?: string, docker?: boolean, notes: string[] }} Means how a Collector can be run here
 * @param {{ build: boolean }} options
 * @returns {Promise<Means>}
 */
async function findMeans({ build }) {
  const { found, notes, wrong } = findCollector(process.env);
  if (found !== undefined) return { path: found.path, notes };
  if (wrong || !build) return { notes };
  const release = goRelease(process.env);
  if (release === undefined) {
    notes.push('no Go to build one with (https://go.dev/dl)');
  } else {
    const interrupted = new AbortController();
    /** @param {NodeJS.Signals} signal */
    const interrupt = (signal) => interrupted.abort(signal);
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    try {
      const options = { env: process.env, configFolder: collectorConfigFolder, goRelease: release };
      return { path: await buildCollector({ ...options, say, signal: interrupted.signal }), notes };
    } catch (error) {
      if (interrupted.signal.aborted) process.exit(interrupted.signal.reason === 'SIGINT' ? 130 : 143);
      notes.push(`the build with Go failed: ${/** @type {Error} */ (error).message}`);
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  }
  if (dockerWorks(process.env)) return { docker: true, notes };
  notes.push('no Docker engine that answers `docker info`');
  return { notes };
}

/** @param {string[]} notes */
function explainMissing(notes) {
  for (const note of notes) say(note);
  say('one of these is enough: OTELCOL=/path/to/otelcol, otelcol-contrib on the PATH, Go, or Docker');
  return unavailable;
}

/**
 * The Collector's arguments for `with NAMES`, or what is wrong with them.
 * @param {string[]} args after `with`
 * @returns {{ wrong: string[] } | { args: string[], files: string[] }}
 */
function argumentsWith([list, ...further]) {
  const names = (list ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) return { wrong: ['with NAMES: one or more overlays, separated by commas'] };
  const known = [...overlayNames(), ...combinations.map(({ name }) => name)];
  const unknown = names.filter((name) => !known.includes(name) && !/\.ya?ml$/.test(name));
  if (unknown.length > 0) {
    return {
      wrong: [`no overlay and no combination is called ${unknown.join(', ')}`, `there are: ${known.join(', ')}`],
    };
  }
  const files = configFiles(names);
  if (files.includes('collector-config/persistent-queue.yaml')) {
    // a value that there is only one of
    process.env.COLLECTOR_QUEUE_STORAGE ||= 'file_storage/queue';
    // what is answered is on the disk, which is why somebody wants a queue there
    process.env.COLLECTOR_HANDOVER ||= 'memory_limiter';
  }
  const wrong = [...missingEnvironment(files, process.env), ...wrongEnvironment(files, process.env)];
  if (wrong.length > 0) return { wrong };
  return { args: [...configArguments(files), ...further], files };
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  if (args[0] === '--help') {
    console.log(usage);
    return 0;
  }
  if (args[0] === '--find' || args[0] === '--print') {
    const { path, docker, notes } = await findMeans({ build: args[0] === '--print' });
    if (path !== undefined) {
      console.log(path);
      return 0;
    }
    if (docker) notes.push('Docker can run the image (npm run collector), but a script needs an executable');
    return explainMissing(notes);
  }

  const [command, ...names] = args.length === 0 ? ['with', 'local'] : args;
  const asked = command === 'with' ? argumentsWith(names) : undefined;
  if (asked !== undefined && 'wrong' in asked) {
    for (const line of asked.wrong) say(line);
    return badUsage;
  }

  const { path, docker, notes } = await findMeans({ build: true });
  if (path === undefined && !docker) return explainMissing(notes);
  for (const note of notes) if (docker) say(note);
  const { version } = readBuilder(collectorConfigFolder);
  /** @param {string[]} collectorArgs */
  const run = (collectorArgs, env = process.env) => {
    const command = path ?? 'docker';
    const options = { version, root: repositoryRoot, env, args: collectorArgs };
    return runInForeground(command, path === undefined ? dockerArguments(options) : collectorArgs, {
      cwd: repositoryRoot,
      env,
    });
  };

  if (asked !== undefined) {
    say(`${path ?? `Docker image ${version}`} with ${asked.files.join(', ')}; Ctrl-C ends it`);
    return run(asked.args);
  }
  if (args.length === 1 && args[0] === 'validate') {
    const env = { ...exampleEnvironment, ...process.env };
    let worst = 0;
    for (const files of configurationSets()) {
      const code = await run(['validate', ...configArguments(files)], env);
      console.log(`${code === 0 ? 'valid  ' : 'INVALID'} ${files.join(' + ')}`);
      worst = Math.max(worst, code);
    }
    return worst;
  }
  return run(args);
}

process.exitCode = await main(process.argv.slice(2));
