import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { environmentNames } from './collector-environment.mjs';
import { repositoryRoot } from './repository.mjs';

/** @typedef {{ names: RegExp, isGood: (value: string) => boolean, is: string }} Kind what a variable's value must be */

/** @param {string} value */
const isWhole = (value) => /^\d{1,15}$/.test(value);
/** @param {string} value */
const isDuration = (value) => value === '0' || /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value);

/**
 * By the end of a variable's name, in this order. What the Collector itself says of a wrong value names the place in the
 * configuration, not the variable; and some it takes and does nothing with.
 * @type {readonly Kind[]}
 */
const kinds = [
  { names: /_PORT$/, isGood: (value) => isWhole(value) && Number(value) <= 65_535, is: 'a port, 0 to 65535' },
  {
    names: /_(BYTES|MIB|TRACES|PER_SECOND|REMEMBERED|LIMIT|MILLIS)$/,
    isGood: (value) => isWhole(value) && Number(value) > 0,
    is: 'a whole number above 0',
  },
  {
    names: /_PERCENT$/,
    isGood: (value) => /^\d+(\.\d+)?$/.test(value) && Number(value) <= 100,
    is: 'a number, 0 to 100',
  },
  {
    // the Collector wants it longer than the longest pause between two tries, which is 30 s
    names: /^COLLECTOR_RETRY_FOR$/,
    isGood: (value) => isDuration(value) && (seconds(value) === 0 || seconds(value) >= 30),
    is: 'a duration of at least 30s, or 0s for ever',
  },
  { names: /_RETRY_FOR$/, isGood: isDuration, is: 'a duration such as 30s or 1h30m' },
  {
    names: /_(INTERVAL|WAIT|AGE)$/,
    isGood: (value) => isDuration(value) && seconds(value) > 0,
    is: 'a duration above 0 such as 30s or 1h30m',
  },
  {
    names: /_(ENDPOINT|URL)$/,
    isGood: (value) => /^https?:\/\/[^/\s]+/.test(value) && URL.canParse(value),
    is: 'an address that begins with http:// or https://',
  },
  { names: /_(INSECURE|FSYNC)$/, isGood: (value) => /^(true|false)$/.test(value), is: 'true or false' },
  { names: /_GATEWAY_[A-Z]$/, isGood: (value) => /^[^\s/]+:\d{1,5}$/.test(value), is: 'HOST:PORT' },
  { names: /_FILE$/, isGood: canBeRead, is: 'a file that can be read' },
  {
    names: /_(HEADERS|GATEWAYS|AUTHORIZATION)$/,
    isGood: (value) => /^\s*(\{[\s\S]*\}|[^\s:{}=]+:\s[\s\S]*)\s*$/.test(value),
    is: 'a map in YAML or JSON: {name: value}',
  },
  {
    names: /_TARGETS$/,
    isGood: (value) => /^\s*(\[[\s\S]*\]|-\s[\s\S]*)\s*$/.test(value),
    is: 'a list in YAML or JSON: [HOST:PORT]',
  },
  { names: /_SCHEME$/, isGood: (value) => /^https?$/.test(value), is: 'http or https' },
  // a line break at the end is what `echo` leaves in secrets; in a header the client refuses it, and a token fits nobody
  {
    names: /^/,
    isGood: (value) => value === value.trim() && !/[\r\n]/.test(value),
    is: 'one line without spaces around it',
  },
];

/** What is not shown when it is wrong. */
const secret = /KEY$|TOKEN$|CREDENTIALS$|HEADERS$|AUTHORIZATION$/;

const SHOWN = 60;

/** Credentials of AWS are read by its SDK, not by a file. */
const readByOthers = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * A line for each variable that files read and whose value they cannot use, and for a queue on disk that no file opens.
 * @param {readonly string[]} files
 * @param {NodeJS.ProcessEnv} env an empty value is none
 * @returns {string[]}
 */
export function wrongEnvironment(files, env) {
  const told = new Set();
  const lines = files.flatMap((file) => {
    const names = [...environmentNames([file]), ...(file.endsWith('/cloudwatch.yaml') ? readByOthers : [])];
    return names.flatMap((name) => {
      const value = env[name];
      const kind = kinds.find(({ names }) => names.test(name));
      if (!value || told.has(name) || kind?.isGood(value) !== false) return [];
      told.add(name);
      const isSecret = secret.test(name) || readByOthers.includes(name);
      const not = isSecret ? 'what it is set to' : JSON.stringify(value.slice(0, SHOWN));
      return [`${file} reads ${name}, which must be ${kind.is}, not ${not}`];
    });
  });
  // a file of somebody's own may open one, too
  const isOpened = files.some(
    (file) => !file.startsWith('collector-config/') || file.endsWith('/persistent-queue.yaml'),
  );
  if (env.COLLECTOR_QUEUE_STORAGE && !isOpened && environmentNames(files).includes('COLLECTOR_QUEUE_STORAGE')) {
    lines.push('COLLECTOR_QUEUE_STORAGE is set, and no file opens such a storage: add persistent-queue, or unset it');
  }
  return lines;
}

/** @param {string} duration */
function seconds(duration) {
  const unit = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
  const parts = duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g);
  return [...parts].reduce(
    (sum, [, count, of]) => sum + Number(count) * unit[/** @type {keyof typeof unit} */ (of)],
    0,
  );
}

/** @param {string} path relative to where `npm run collector` starts the Collector */
function canBeRead(path) {
  try {
    accessSync(resolve(repositoryRoot, path), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
