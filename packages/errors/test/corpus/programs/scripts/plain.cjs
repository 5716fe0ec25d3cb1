const { EventEmitter, once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const vm = require('node:vm');
const assert = require('node:assert');
const { Worker } = require('node:worker_threads');
const { reportAll } = require('./report.cjs');
const { Sprite, tileOf } = require('./sprite.cjs');

const random = (limit) => Math.floor(Math.random() * limit);
const rejected = (emitter, event) =>
  new Promise((_, reject) => {
    emitter.once(event, reject);
  });

class Palette {
  #colors = [];
  #first() {
    return this.#colors[0].red;
  }
  static load(name) {
    throw new TypeError(`palette "${name}-${random(1000)}" has no colors`);
  }
  first() {
    return this.#first();
  }
  *each() {
    yield 1;
    throw new Error(`color ${random(256)} is missing`);
  }
  [Symbol.iterator]() {
    throw new Error('a palette is not walked through');
  }
}

function Legacy() {
  this.open();
}
Legacy.prototype.open = () => {
  throw new Error(`legacy file /var/data/${random(1000)}.dat is closed`);
};

reportAll([
  ['tile out of range', () => tileOf(random(1000))],
  ['sprite constructor', () => new Sprite(undefined)],
  ['sprite static', () => Palette.load('ocean')],
  ['private method', () => new Palette().first()],
  ['generator', () => [...new Palette().each()]],
  ['iterator', () => [...new Palette()]],
  ['prototype method', () => new Legacy()],
  ['callback of map', () => [1, 2].map((tile) => tile.missing.value)],
  ['file missing', () => fs.readFileSync(`/srv/data/${random(1000)}.sfc`)],
  ['file missing, promised', () => fs.promises.readFile(`/srv/data/${random(1000)}.sfc`)],
  ['connection refused', () => rejected(net.connect(1, '127.0.0.1'), 'error')],
  ['host not found', () => rejected(net.connect(80, `host-${random(1000)}.invalid`), 'error')],
  ['assertion', () => assert.strictEqual(random(1000) + 1, 0)],
  ['assertion with words', () => assert.ok(false, `tile ${random(1000)} is not drawn`)],
  ['code of vm', () => vm.runInNewContext('function draw() { return tiles.length; }\ndraw()')],
  // biome-ignore lint/security/noGlobalEval: frames of eval are what this is for
  ['code of eval', () => eval('(function paint() { return undefinedColor; })()')],
  ['code of Function', () => new Function('tile', 'return tile.size.width')({})],
  [
    'emitted event',
    async () => {
      const emitter = new EventEmitter();
      emitter.on('draw', function onDraw(tile) {
        throw new Error(`cannot draw ${tile}`);
      });
      emitter.emit('draw', random(1000));
    },
  ],
  ['error event without listener', () => new EventEmitter().emit('error', new Error(`drawing ${random(1000)} failed`))],
  [
    'any of several',
    () =>
      Promise.any([
        Promise.reject(new Error(`mirror ${random(9)} is down`)),
        Promise.reject(new RangeError('no mirror left')),
      ]),
  ],
  ['cloned function', () => structuredClone(() => 1)],
  ['aborted', () => once(new EventEmitter(), 'drawn', { signal: AbortSignal.timeout(5) })],
  ['bad URL', () => new URL(`http//:${random(1000)}`)],
  [
    'thrown in a worker',
    () =>
      rejected(
        new Worker(`function scan() { throw new Error('tile ' + ${random(1000)} + ' is torn'); }\nscan();`, {
          eval: true,
        }),
        'error',
      ),
  ],
  [
    'with a cause',
    async () => {
      try {
        tileOf(random(1000));
      } catch (cause) {
        throw new Error('the sheet cannot be read', { cause });
      }
    },
  ],
  [
    'with another cause',
    async () => {
      try {
        Palette.load('forest');
      } catch (cause) {
        throw new Error('the sheet cannot be read', { cause });
      }
    },
  ],
  ['fetch', () => fetch(`http://127.0.0.1:1/tiles/${random(1000)}`)],
]).then(() => process.exit(0));
