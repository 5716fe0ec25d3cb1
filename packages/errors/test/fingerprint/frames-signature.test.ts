import { describe, expect, it } from 'vitest';
import { knownFrames } from '../../src/fingerprint/known-frames.js';

const framesOf = (...lines: string[]) => knownFrames(lines.map((line) => `\n    at ${line}`).join(''));
const signature = (...lines: string[]) => framesOf(...lines).signature.split('\n');

describe('the signature of a stack trace', () => {
  it('is of the application, without lines, compilers’ folders and Node', () => {
    expect(
      signature(
        'Cart.total (/app/dist/cart.js:12:3)',
        'Layer.handle [as handle_request] (/app/node_modules/express/lib/layer.js:95:5)',
        'new Checkout (/app/dist/checkout/index.js:3:1)',
        'Object.<anonymous> (/app/dist/main.js:1:1)',
        'Module._compile (node:internal/modules/cjs/loader:1521:14)',
      ),
    ).toEqual(['Cart.total cart', 'Checkout checkout/index']);
  });

  it.each([
    'Module._compile (node:internal/modules/cjs/loader:1:1)',
    'ModuleJob.run (node:internal/modules/esm/module_job:1:1)',
  ])('is without the code of the main module, which is there until the first await: %s', (runner) => {
    expect(signature('load (/app/src/a.js:1:1)', '/app/src/main.js:9:1', runner)).toEqual(['load a']);
    expect(signature('/app/src/main.js:9:1', runner)).toEqual([' main']);
    expect(signature('load (/app/src/a.js:1:1)', '/app/src/main.js:9:1', 'emit (node:events:1:1)')).toEqual([
      'load a',
      ' main',
    ]);
  });

  it('leaves out who waited, unless nobody else is of the application', () => {
    expect(signature('load (/app/src/a.js:1:1)', 'async main (/app/src/b.js:1:1)')).toEqual(['load a']);
    expect(signature('run (/app/node_modules/pg/lib/x.js:1:1)', 'async main (/app/src/b.js:1:1)')).toEqual([
      'main b',
      'by pg',
    ]);
  });

  it('tells the package that threw', () => {
    expect(signature('parse (/app/node_modules/zod/v4/core.js:1:1)', 'order (/app/src/a.js:1:1)')).toEqual([
      'order a',
      'by zod',
    ]);
  });

  it('is of libraries where the application has no frame, and of nothing where there is only Node', () => {
    expect(signature('parse (/app/node_modules/zod/v4/core.js:1:1)', 'emit (node:events:1:1)')).toEqual([
      'parse zod/v4/core',
    ]);
    expect(framesOf('afterConnect [as oncomplete] (node:net:1:1)')).toMatchObject({
      signature: '',
      culprit: undefined,
    });
  });

  it('has three functions at most', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `step${index} (/app/src/a.js:${index + 1}:1)`);
    expect(signature(...lines)).toEqual(['step0 a', 'step1 a', 'step2 a']);
  });

  it.each([2, 3, 9])('has a recursion once, however deep it went: %i', (depth) => {
    const walk = Array.from({ length: depth }, () => 'walk (/app/src/a.js:5:9)');
    expect(signature('check (/app/src/a.js:2:1)', ...walk, 'main (/app/src/b.js:1:1)')).toEqual(['check a', 'walk a']);
  });

  it('has a recursion of several functions once, wherever in it the stack begins', () => {
    const one = ['even (/app/src/a.js:2:9)', 'odd (/app/src/a.js:5:9)'];
    const twice = [...one, ...one, ...one, ...one, ...one];
    expect(signature(...twice)).toEqual(signature(...twice.slice(1), one[0] as string));
  });

  it('does not take anonymous functions of one file for a recursion', () => {
    expect(signature('/app/src/a.js:2:9', 'run (/app/src/b.js:5:9)', '/app/src/a.js:9:1')).toEqual([' a', 'run b']);
    expect(
      signature('x (/app/src/b.js:1:1)', '/app/src/a.js:2:9', '/app/src/a.js:9:1', 'y (/app/src/c.js:1:1)'),
    ).toEqual(['x b', ' a', 'y c']);
  });

  it('does not hold names that a minifier made, where it made them', () => {
    expect(signature('t.e (/app/dist/main-BxT3k9aZ.js:1:500)', 'e.total (/app/dist/main-BxT3k9aZ.js:1:900)')).toEqual([
      '<minified> main',
      'total main',
    ]);
    expect(signature('go (/app/src/a.js:20:5)')).toEqual(['go a']);
  });

  it('is of where an eval was called', () => {
    expect(signature('eval (eval at paint (/app/src/a.js:7:9), <anonymous>:1:2)', 'paint (/app/src/a.js:7:9)')).toEqual(
      [' a', 'paint a'],
    );
  });

  it.each([
    [
      ['load (/data/shop/orders/load.js:1:1)', 'main (/data/shop/main.js:1:1)'],
      ['load (/x/orders/load.js:1:1)', 'main (/x/main.js:1:1)'],
    ],
    [
      ['load (/data/shop/load.js:1:1)', 'next (/data/shop/node_modules/express/a.js:1:1)'],
      ['load (/x/load.js:1:1)', 'next (/x/node_modules/express/a.js:1:1)'],
    ],
    [['load (/home/a/shop/load.js:1:1)'], ['load (C:\\work\\load.js:1:1)']],
  ])('is the same on machines that no path tells: %s', (one, other) => {
    expect(signature(...one)).toEqual(signature(...other));
  });
});

describe('the culprit', () => {
  it('is where the application failed, for a person', () => {
    expect(framesOf('parse (/app/node_modules/zod/core.js:1:1)', 'Cart.total (/app/dist/cart.js:12:3)').culprit).toBe(
      'Cart.total (dist/cart.js)',
    );
    expect(framesOf('/home/alice/shop/src/cart.ts:12:3').culprit).toBe('src/cart.ts');
  });
});

describe('frames that are known', () => {
  it('are the same object for the same text', () => {
    const text = '\n    at a (/app/src/a.js:1:1)';
    expect(knownFrames(`${text}`)).toBe(knownFrames(text.slice(0)));
    expect(knownFrames(`${text}1`)).not.toBe(knownFrames(text));
  });

  it('are read to 16,384 characters', () => {
    const long = '\n    at a (/app/src/a.js:1:1)'.repeat(2000);
    expect(knownFrames(long).text).toBe(long.slice(0, 16_384));
  });

  it('are bounded in number and in text: of a hundred thousand those that came last are remembered', () => {
    const text = (index: number) => `\n    at a (/app/src/a.js:${index}:1)\n    at b (/app/src/b.js:${index}:1)`;
    const first = knownFrames(text(0));
    for (let index = 1; index <= 5000; index += 1) knownFrames(text(index));
    expect(knownFrames(text(0))).not.toBe(first);
    expect(knownFrames(text(5000))).toBe(knownFrames(text(5000)));
  });
});
