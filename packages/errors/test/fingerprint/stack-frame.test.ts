import { describe, expect, it } from 'vitest';
import { parseFrames } from '../../src/fingerprint/stack-frame.js';

const one = (line: string) => parseFrames(`\n    at ${line}`)[0];

describe('a line of V8', () => {
  it.each([
    ['extract (/app/sprites.js:10:5)', 'extract', undefined, '/app/sprites.js', 10, 5, false],
    ['/app/sprites.js:10:5', '', undefined, '/app/sprites.js', 10, 5, false],
    ['async extract (/app/sprites.js:10:5)', 'extract', undefined, '/app/sprites.js', 10, 5, true],
    ['async /app/sprites.js:10:5', '', undefined, '/app/sprites.js', 10, 5, true],
    ['new Sprite (/app/sprites.js:10:5)', 'Sprite', undefined, '/app/sprites.js', 10, 5, false],
    [
      'Layer.handle [as handle_request] (/app/layer.js:95:5)',
      'Layer.handle',
      'handle_request',
      '/app/layer.js',
      95,
      5,
      false,
    ],
    ['Object.<anonymous> (/app/main.js:1:7)', 'Object.<anonymous>', undefined, '/app/main.js', 1, 7, false],
    ['async Promise.all (index 3)', 'Promise.all', undefined, 'index 3', 0, 0, true],
    ['Array.map (<anonymous>)', 'Array.map', undefined, '<anonymous>', 0, 0, false],
    ['JSON.parse (native)', 'JSON.parse', undefined, 'native', 0, 0, false],
    [
      'run (node:internal/modules/esm/module_job:325:25)',
      'run',
      undefined,
      'node:internal/modules/esm/module_job',
      325,
      25,
      false,
    ],
    ['file:///app/main.mjs:3:1', '', undefined, 'file:///app/main.mjs', 3, 1, false],
    [
      'draw (C:\\Program Files (x86)\\shop\\main.js:3:1)',
      'draw',
      undefined,
      'C:\\Program Files (x86)\\shop\\main.js',
      3,
      1,
      false,
    ],
    [
      'draw (https://shop.example/main.js?v=1:2#top:3:1)',
      'draw',
      undefined,
      'https://shop.example/main.js?v=1:2#top',
      3,
      1,
      false,
    ],
    ['page (/app/(shop)/page.js:3:1)', 'page', undefined, '/app/(shop)/page.js', 3, 1, false],
    ['eval (eval at paint (/app/draw.js:7:9), <anonymous>:1:2)', 'eval', undefined, '/app/draw.js', 7, 9, false],
    [
      'a (eval at b (eval at c (/app/draw.js:7:9), <anonymous>:1:2), <anonymous>:3:4)',
      'a',
      undefined,
      '/app/draw.js',
      7,
      9,
      false,
    ],
    [
      'wasm://wasm/sprites-0a1b2c3d:wasm-function[12]:0x1a2b',
      '',
      undefined,
      'wasm://wasm/sprites-0a1b2c3d:wasm-function[12]:0x1a2b',
      0,
      0,
      false,
    ],
    ['webpack-internal:///./src/cart.js:4:7', '', undefined, 'webpack-internal:///./src/cart.js', 4, 7, false],
    [
      "data:text/javascript,throw new Error('x'):1:7",
      '',
      undefined,
      "data:text/javascript,throw new Error('x')",
      1,
      7,
      false,
    ],
    ['evalmachine.<anonymous>:2:1', '', undefined, 'evalmachine.<anonymous>', 2, 1, false],
    ['/app/old.js:17', '', undefined, '/app/old.js', 17, 0, false],
  ])('%s', (line, functionName, calledAs, location, row, column, isAsync) => {
    expect(one(line)).toMatchObject({ functionName, calledAs, location, line: row, column, isAsync });
  });

  it('tells where its name and its place stand in the text', () => {
    const text = '\n    at a (/x.js:1:2)\n    at async new B.c [as d] (/y.js:3:4)\r\n    at /z.js:5:6';
    const frames = parseFrames(text);
    expect(frames.map(({ from, to }) => text.slice(from, to))).toEqual(['/x.js:1:2', '/y.js:3:4', '/z.js:5:6']);
    expect(frames.map(({ nameFrom, functionName }) => text.slice(nameFrom, nameFrom + functionName.length))).toEqual([
      'a',
      'B.c',
      '',
    ]);
  });

  it('is passed over when it is no frame', () => {
    expect(parseFrames('Error: x\n    at \n  at\nat a (/x.js:1:2)\n[cause]: y\n   atb (/x.js:1:1)')).toHaveLength(1);
  });

  it('counts to 100, and keeps 1,024 characters of a place', () => {
    expect(parseFrames('\n    at a (/x.js:1:2)'.repeat(150))).toHaveLength(100);
    expect(one(`a (data:${'x'.repeat(5000)}:12:34)`)).toMatchObject({ line: 12, column: 34 });
    expect(one(`a (data:${'x'.repeat(5000)}:12:34)`)?.location).toHaveLength(1024);
  });
});
