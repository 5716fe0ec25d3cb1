import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import report from './report.cjs';

const random = (limit) => Math.floor(Math.random() * limit);

async function extract(rom) {
  await sleep(1);
  return sprites(rom);
}

function sprites(rom) {
  if (rom !== '') throw new SyntaxError(`rom ${rom} has no header at 0x${random(65536).toString(16)}`);
  return [];
}

const batch = async () => {
  for await (const rom of roms()) await extract(rom);
};

async function* roms() {
  yield `game-${random(1000)}.sfc`;
}

export default class Extractor {
  static async open(path) {
    return new Extractor(await readFile(path));
  }

  async run() {
    await sleep(1);
    return this.missing.length;
  }
}

await report.reportAll([
  ['awaited function', () => extract(`game-${random(1000)}.sfc`)],
  ['awaited function', () => batch()],
  ['async method', () => new Extractor().run()],
  ['file that is not there', () => Extractor.open(`./missing-${random(1000)}.bin`)],
  ['module that is not there', () => import(`./missing-${random(1000)}.mjs`)],
  ['then callback', () => sleep(1).then(() => sprites(`x${random(100)}.smc`))],
  ['microtask of Promise.all', () => Promise.all([1, 2].map(async (tile) => extract(`tile-${tile}.sfc`)))],
  [
    'settled by hand',
    () =>
      new Promise((_, reject) => {
        setTimeout(function onTimeout() {
          reject(new Error(`no answer within ${random(5000)}ms`));
        }, 1);
      }),
  ],
]);
