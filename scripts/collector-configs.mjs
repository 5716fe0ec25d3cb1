import { readdirSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { collectorConfigFolder } from './repository.mjs';

/** As given to a Collector that is started in the root of the repository. */
export const baseConfig = 'collector-config/base.yaml';

/**
 * Overlays that are meant to be used together: what collector-config/README.md tells, what `npm run collector -- with NAME`
 * starts, and what `npm run collector -- validate` holds against a real Collector.
 * @type {readonly { name: string, overlays: readonly string[], what: string }[]}
 */
export const combinations = [
  {
    name: 'local',
    overlays: ['files', 'prometheus'],
    what: 'a look at everything on this machine; `npm run collector` without arguments',
  },
  {
    name: 'prometheus-and-jaeger',
    overlays: ['prometheus', 'jaeger', 'span-metrics'],
    what: 'Prometheus scrapes the Collector, traces go to Jaeger',
  },
  {
    name: 'remote-write-and-jaeger',
    overlays: ['prometheus-remote-write', 'jaeger', 'span-metrics'],
    what: 'the same where Prometheus cannot reach the Collector',
  },
  {
    name: 'scrape-to-vendor',
    overlays: ['prometheus-scrape', 'vendor'],
    what: 'programs that only have a page, and a backend that does not scrape',
  },
  { name: 'aws', overlays: ['cloudwatch', 'span-metrics'], what: 'all signals to Amazon CloudWatch' },
  {
    name: 'two-backends',
    overlays: ['prometheus', 'jaeger', 'cloudwatch', 'vendor'],
    what: 'old and new side by side, while one moves',
  },
  {
    name: 'secure-vendor',
    overlays: ['secure', 'vendor', 'span-metrics'],
    what: 'takes data from other machines, with TLS and a token',
  },
  { name: 'agents', overlays: ['agent', 'persistent-queue'], what: 'on each machine: what it takes goes to gateways' },
  {
    name: 'gateways',
    overlays: ['gateway', 'secure', 'span-metrics', 'tail-sampling', 'prometheus', 'jaeger', 'persistent-queue'],
    what: 'behind the agents: whole traces are sampled, and all of it goes to the backends',
  },
  {
    name: 'logs',
    overlays: ['log-files', 'redaction', 'files'],
    what: 'log files of programs, without the secrets in them',
  },
];

/** Lists of extensions are appended to each other: the only lists that several overlays have a part in (base.yaml). */
export const mergeFlags = ['--feature-gates=confmap.enableMergeAppendOption'];

/**
 * The names of the overlays: their files without `.yaml`, those in folders with their folder.
 * @returns {string[]}
 */
export function overlayNames(folder = collectorConfigFolder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.yaml'.length));
  return names.filter((name) => name !== 'base' && name !== 'builder').sort();
}

/**
 * base.yaml and the files of overlays, of combinations, and of other configurations by their paths.
 * @param {readonly string[]} names
 * @returns {string[]}
 */
export function configFiles(names) {
  const overlays = names.flatMap((name) => combinations.find((each) => each.name === name)?.overlays ?? [name]);
  const files = overlays.map((name) => (/\.ya?ml$/.test(name) ? name : posix.join('collector-config', `${name}.yaml`)));
  return [...new Set([baseConfig, ...files])];
}

/**
 * The sets of files that must be valid: base.yaml alone, every other file as an overlay on it, and every combination.
 * @returns {string[][]}
 */
export function configurationSets(folder = collectorConfigFolder) {
  const overlays = overlayNames(folder);
  return [
    [baseConfig],
    ...overlays.map((name) => configFiles([name])),
    ...combinations.map(({ name }) => configFiles([name])),
  ];
}

/** How far a file has been read is remembered when its lines have been taken, not a tenth of a second before (log-files.yaml). */
export const logFileFlags = ['--feature-gates=stanza.synchronousLogEmitter'];

/**
 * @param {readonly string[]} files
 * @returns {string[]} the Collector's arguments
 */
export function configArguments(files) {
  const readsLogFiles = files.some((file) => /^(log-files|kubernetes-pod-logs)\.yaml$/.test(basename(file)));
  return [...mergeFlags, ...(readsLogFiles ? logFileFlags : []), ...files.flatMap((file) => ['--config', file])];
}
