import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap as NodesSourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readSourceMap } from '../../src/fingerprint/source-maps/read-source-map.js';
import { SourceMap } from '../../src/fingerprint/source-maps/source-map.js';

const folder = mkdtempSync(join(tmpdir(), 'maps-'));
afterAll(() => rmSync(folder, { recursive: true }));
// nothing that reads a map keeps the process alive
const awake = setInterval(() => undefined, 100);
afterAll(() => clearInterval(awake));

const SOURCE = `
// “quoted”, ünïcode and 😀 move the columns
const label = 'größe 😀'; export function extractSprites(tiles: number): number { return checkedTile(tiles); }
function checkedTile(tile: number): number {
  const inner = (value: number) => { if (value > 3) throw new Error(label + value); return value; };
  return inner(tile);
}
export class PaletteReader { readColors(): number { return innermost(this); } }
const innermost = (reader: PaletteReader): number => { throw new TypeError(String(reader)); };
`;

/** A source of that many parts, each with names of its own. */
function many(count: number): string {
  const names = /\b(label|extractSprites|checkedTile|PaletteReader|innermost)\b/g;
  return Array.from({ length: count }, (_, index) => SOURCE.replaceAll(names, `$1${index}`)).join('');
}

function compiled(source = SOURCE, minify = true): { code: string; map: string } {
  return transformSync(source, {
    loader: 'ts',
    sourcemap: 'external',
    minify,
    sourcefile: 'src/sprites.ts',
    format: 'esm',
  });
}

function parsed(map: string | Buffer, code = ''): SourceMap | undefined {
  const steps = SourceMap.read(Buffer.from(map), Buffer.from(code), (source) => source);
  for (let count = 0; count < 10_000; count += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
  throw new Error('reading does not end');
}

describe('a source map', () => {
  it.each([true, false])('gives for each place of the file what Node’s own reader gives; minified: %s', (minify) => {
    const { code, map } = compiled(many(40), minify);
    const own = parsed(map, code) as SourceMap;
    const nodes = new NodesSourceMap(JSON.parse(map));
    let compared = 0;
    code.split('\n').forEach((text, line) => {
      for (let column = 0; column < text.length; column += 1) {
        const entry = nodes.findEntry(line, column);
        // Node gives the end of an earlier line where a line has no segment yet
        if (!('originalSource' in entry) || entry.generatedLine !== line) continue;
        expect(own.place(line + 1, column + 1)).toEqual({
          source: entry.originalSource,
          line: entry.originalLine + 1,
          column: entry.originalColumn + 1,
        });
        compared += 1;
      }
    });
    expect(compared).toBeGreaterThan(5000);
  });

  it('gives functions and classes the names that a minifier took', () => {
    const { code, map } = compiled();
    const own = parsed(map, code) as SourceMap;
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('throw new Error'));
    const column = (lines[line] as string).indexOf('throw new Error');
    const minified = /function (\w+)\(\w+\)\{(?:(?!function).)*throw new Error/.exec(code)?.[1] as string;
    expect(minified).not.toBe('checkedTile');
    expect(own.nameOf(minified, line + 1, column + 1)).toBe('checkedTile');
    expect(own.nameOf('nothing', line + 1, column + 1)).toBeUndefined();
    expect(own.isMinified).toBe(true);
    expect(parsed(compiled(SOURCE, false).map, compiled(SOURCE, false).code)?.isMinified).toBe(false);
  });

  it('passes over what it does not use, wherever that stands, and the sources’ content', () => {
    const { code, map } = compiled();
    const { version, sources, names, mappings } = JSON.parse(map);
    const content = ['a "quoted\\" text\\\\', null, '{"mappings":"AAAA"}'];
    const shuffled = {
      x_other: { deep: [1, '}', { a: ']' }] },
      sourcesContent: content,
      names,
      mappings,
      version,
      sources,
      ignoreList: [0],
    };
    const plain = parsed(map, code)?.place(1, 30);
    expect(plain).toBeDefined();
    expect(parsed(JSON.stringify(shuffled), code)?.place(1, 30)).toEqual(plain);
    expect(parsed(JSON.stringify(shuffled, null, 2), code)?.place(1, 30)).toEqual(plain);
  });

  it('joins the root of its sources to each', () => {
    const map = (sourceRoot: unknown) =>
      JSON.stringify({ version: 3, sourceRoot, sources: ['a.ts'], names: [], mappings: 'AAAA' });
    expect(parsed(map('lib'))?.place(1, 1)?.source).toBe('lib/a.ts');
    expect(parsed(map('lib/'))?.place(1, 1)?.source).toBe('lib/a.ts');
    expect(parsed(map(null))?.place(1, 1)?.source).toBe('a.ts');
  });

  it('is none when it is no map: an index map, a list, a torn file, other text', () => {
    const { map } = compiled();
    for (const text of [
      '',
      '[]',
      '{',
      '{}',
      'null',
      '"x"',
      '{"version":3,"sections":[]}',
      '{"sources":[]}',
      '{"sources":["a"}',
      '{"sources":["a",}',
      '{"names":["a":1]}',
      '{"sources":[1}}',
      map.slice(0, map.indexOf('"mappings"') + 14),
    ]) {
      expect(parsed(text)).toBeUndefined();
    }
  });

  it('is read or refused, and never throws, whatever its bytes are', () => {
    const { code, map } = compiled();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 12 }),
        fc.nat(map.length),
        fc.nat(1e6),
        fc.nat(1e6),
        (bytes, at, line, column) => {
          const torn = Buffer.concat([Buffer.from(map.slice(0, at)), bytes, Buffer.from(map.slice(at + bytes.length))]);
          const own = parsed(torn, code);
          own?.place(line, column);
          own?.place(1, column % 500);
          own?.nameOf('a', 1, column % 500);
        },
      ),
      { numRuns: 500 },
    );
    for (const mappings of [
      '!!!!',
      'AAAA,,;;,',
      'gggggggggggggggggggg',
      ';'.repeat(1e5),
      'A'.repeat(1e5),
      'ggggggE'.repeat(1000),
    ]) {
      const own = parsed(JSON.stringify({ version: 3, sources: ['a'], names: ['b'], mappings }), 'x');
      own?.place(1, 1);
      own?.place(99_999, 5);
    }
  });

  it('is read in many small steps', () => {
    const { code, map } = compiled(many(3000));
    expect(map.length).toBeGreaterThan(1_500_000);
    let steps = 0;
    for (const _ of SourceMap.read(Buffer.from(map), Buffer.from(code), (source) => source)) steps += 1;
    expect(steps).toBeGreaterThan(150);
  });
});

describe('the map of a file on disk', () => {
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const place = async (file: string) => (await readSourceMap(file))?.place(1, 30);

  it('is the one beside it that its last comment names', async () => {
    const { code, map } = compiled();
    written('sprites map.js.map', map);
    const file = written(
      'beside.js',
      `${code}\n//# sourceMappingURL=old.map\n//# sourceMappingURL=sprites%20map.js.map\n`,
    );
    expect(await place(file)).toMatchObject({ source: join(folder, 'src/sprites.ts') });
  });

  it('is the one within it', async () => {
    const { code, map } = compiled();
    const inline = Buffer.from(map).toString('base64');
    const file = written(
      'within.js',
      `${code}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${inline}`,
    );
    expect(await place(file)).toMatchObject({ source: join(folder, 'src/sprites.ts') });
  });

  it('leaves URLs of bundlers as they are', async () => {
    written(
      'packed.js.map',
      JSON.stringify({ version: 3, sources: ['webpack://shop/./src/a.ts'], names: [], mappings: 'AAAA' }),
    );
    const file = written('packed.js', 'x()\n//# sourceMappingURL=packed.js.map');
    expect((await readSourceMap(file))?.place(1, 1)?.source).toBe('webpack://shop/./src/a.ts');
  });

  it.each([
    ['no comment', 'x()'],
    ['a comment that is text of the program', 'x("sourceMappingURL=a.map")'],
    ['a map elsewhere', 'x()\n//# sourceMappingURL=https://maps.example/a.map'],
    ['a map of another kind', 'x()\n//# sourceMappingURL=data:application/json,%7B%7D'],
    ['an endless name', `x()\n//# sourceMappingURL=${'a'.repeat(5000)}`],
  ])('is none with %s', async (_, text) => {
    expect(await readSourceMap(written('none.js', text))).toBeUndefined();
  });

  it('is none where a folder is named, and rejects where nothing is', async () => {
    expect(await readSourceMap(written('folder.js', 'x()\n//# sourceMappingURL=.'))).toBeUndefined();
    await expect(readSourceMap(written('gone.js', 'x()\n//# sourceMappingURL=gone.map'))).rejects.toThrow('ENOENT');
    await expect(readSourceMap(join(folder, 'missing.js'))).rejects.toThrow('ENOENT');
  });
});
