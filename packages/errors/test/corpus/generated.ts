import type { Told } from './corpus.js';

/** Whole numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
export function randomOf(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

type Random = (limit: number) => number;

/** Something that can go wrong in a program that was made up. */
export interface Fault {
  /** How it happens once, on some machine, to some request. */
  readonly happen: (random: Random) => Told;
}

/** A release has one shift of lines for each of its builds. */
const SHIFTS = 40;

const pick = <T>(random: Random, all: readonly T[]): T => all[random(all.length)] as T;
const word = (random: Random, syllables = 2): string =>
  Array.from({ length: syllables }, () => pick(random, [...'bdfgklmnprstv']) + pick(random, [...'aeiou'])).join('');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const hex = (random: Random, length: number): string => Array.from({ length }, () => random(16).toString(16)).join('');

/** Values as requests bring them. */
const VALUES: readonly ((random: Random) => string)[] = [
  (random) => String(random(1_000_000)),
  (random) => hex(random, 24),
  (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  (random) => `'${word(random)} ${random(100)}'`,
  (random) => `"${word(random, 3)}"`,
  (random) => `${random(256)}.${random(256)}.${random(256)}.${random(256)}:${1 + random(65_000)}`,
  (random) => `https://${word(random)}.example/${word(random)}?id=${random(1000)}`,
  (random) => `${word(random)}${random(100)}@${word(random)}.example`,
  (random) => new Date(random(2_000_000_000) * 1000).toISOString(),
  (random) => `${random(10_000)}ms`,
  (random) => `/${word(random)}/${hex(random, 6)}/${random(100)}.dat`,
  (random) => `{"id":${random(1000)},"name":"${word(random)}"}`,
];

/** The folder that an application is in, and how its paths are written. */
const MACHINES: readonly ((project: string, random: Random) => (file: string) => string)[] = [
  (project, random) => {
    const user = word(random);
    return (file) => `/home/${user}/${project}/${file}`;
  },
  (project, random) => {
    const user = word(random);
    return (file) => `/Users/${user}/code/${project}/${file}`;
  },
  () => (file) => `/app/${file}`,
  () => (file) => `/usr/src/app/${file}`,
  () => (file) => `/var/task/${file}`,
  (project, random) => {
    const release = 20_200_101 + random(90_000);
    return (file) => `/srv/${project}/releases/${release}/${file}`;
  },
  (project) => (file) => `file:///opt/${project}/${file}`,
  (project, random) => {
    const user = word(random);
    return (file) => `C:\\Users\\${user}\\${project}\\${file.replaceAll('/', '\\')}`;
  },
];

const BUILDS = [
  (file: string) => `src/${file}.ts`,
  (file: string) => `dist/${file}.js`,
  (file: string) => `build/${file}.mjs`,
];

const INSTALLS = [
  (name: string) => `node_modules/${name}`,
  (name: string) => `node_modules/.pnpm/${name}@4.1.0/node_modules/${name}`,
  (name: string) => `.yarn/cache/${name}-npm-4.1.0-${'0a1b2c3d4e'}-5f607182.zip/node_modules/${name}`,
];

const INTERNALS = [
  ['process.processTicksAndRejections (node:internal/process/task_queues:95:5)'],
  [
    'process.processTicksAndRejections (node:internal/process/task_queues:103:5)',
    'runNextTicks (node:internal/process/task_queues:69:3)',
  ],
  [
    'Module._compile (node:internal/modules/cjs/loader:1521:14)',
    'Module.load (node:internal/modules/cjs/loader:1266:32)',
  ],
  [],
];

/** Distinct faults: each of its own place, or of its own words at a place of another one. */
export function makeFaults(seed: number, count: number): Fault[] {
  const random = randomOf(seed);
  const faults: Fault[] = [];
  const project = word(random, 3);
  for (let number = 0; number < count; number += 1) {
    const pattern = messageOf(random, number);
    faults.push(random(6) === 0 ? bundledFault(project, pattern, random) : placedFault(project, pattern, random));
  }
  return faults;
}

/** A message with words of its own, and values within. */
function messageOf(random: Random, number: number): (random: Random) => string {
  const digits = [...number.toString(5)].map((digit) => pick(() => Number(digit), ['no', 'yet', 'was', 'too', 'its']));
  const own = [word(random, 3), ...digits].join(' ');
  const values = Array.from({ length: 1 + random(3) }, () => [word(random), pick(random, VALUES)] as const);
  return (at) => values.reduce((text, [before, value]) => `${text} ${before} ${value(at)}`, own);
}

function placedFault(project: string, message: (random: Random) => string, random: Random): Fault {
  const type = pick(random, ['Error', 'TypeError', 'RangeError', `${capital(word(random))}Error`]);
  const functions = Array.from({ length: 1 + random(4) }, () => ({
    name: pick(random, [word(random), `${capital(word(random))}.${word(random)}`, `new ${capital(word(random))}`, '']),
    file: `${word(random)}/${word(random)}`,
    line: 1 + random(300),
    column: 1 + random(60),
    depth: random(12) === 0 ? 3 : 1,
  }));
  const framework = word(random, 3);
  const callers = Array.from({ length: random(3) }, () => ({ name: word(random), file: word(random) }));
  return {
    happen: (at) => {
      const place = pick(at, MACHINES)(project, at);
      const build = pick(at, BUILDS);
      const install = pick(at, INSTALLS);
      const shift = at(SHIFTS);
      const own = functions.flatMap(({ name, file, line, column, depth }) =>
        Array.from({ length: depth }, () => frame(name, `${place(build(file))}:${line + shift}:${column}`)),
      );
      const library = [
        frame('next', `${place(`${install(framework)}/lib/router.js`)}:${100 + at(20)}:12`),
        frame('Layer.handle [as handle_request]', `${place(`${install(framework)}/lib/layer.js`)}:95:5`),
      ];
      const waited = callers.map(({ name, file }) => frame(`async ${name}`, `${place(build(file))}:${20 + shift}:3`));
      const internal = pick(at, INTERNALS).map((line) => `    at ${line}`);
      const told = message(at);
      return {
        type,
        message: told,
        stack: [`${type}: ${told}`, ...own, ...library, ...internal, ...waited].join('\n'),
      };
    },
  };
}

/** In one file that a bundler named and a minifier wrote: only the words tell. */
function bundledFault(project: string, message: (random: Random) => string, random: Random): Fault {
  const depth = 1 + random(4);
  const file = word(random, 2);
  return {
    happen: (at) => {
      const base = pick(at, [
        `https://${word(at)}.example/assets/`,
        'http://localhost:3000/assets/',
        `https://cdn.example/${project}@1.2.${at(9)}/assets/`,
      ]);
      const hash = pick(at, [
        hex(at, 8),
        hex(at, 20),
        `${hex(at, 4).toUpperCase()}QZX7`.replace(/[0189]/g, 'R').slice(0, 8),
      ]);
      const url = `${base}${file}${pick(at, ['-', '.'])}${hash}.js`;
      const told = message(at);
      const own = Array.from({ length: depth }, () =>
        frame(pick(at, [...'abcdefgh', 'ae', 't.n', '']), `${url}:1:${500 + at(90_000)}`),
      );
      return { type: 'Error', message: told, stack: [`Error: ${told}`, ...own].join('\n') };
    },
  };
}

function frame(name: string, place: string): string {
  if (name === '') return `    at ${place}`;
  return name === 'async ' ? `    at async ${place}` : `    at ${name} (${place})`;
}
