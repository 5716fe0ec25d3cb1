import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { workspacePackages } from '../../scripts/repository.mjs';
import { temporaryFolder } from '../repository/fake-programs.js';
import { publicSurface } from './public-surface.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const update = process.env.UPDATE_SURFACE === '1';

it.each(workspacePackages())('the public surface of $manifest.name is the one that was agreed', (workspacePackage) => {
  const file = join(folder, `${workspacePackage.short}.txt`);
  const surface = publicSurface(workspacePackage);
  if (update) writeFileSync(file, surface);
  const agreed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(surface, 'UPDATE_SURFACE=1 npm test -- --project system test/surface accepts the change').toBe(agreed);
});

it('names are followed to what they are', () => {
  const root = temporaryFolder();
  const write = (name: string, text: string) => {
    mkdirSync(join(root, name, 'dist'), { recursive: true });
    writeFileSync(join(root, name, 'dist', 'index.d.ts'), text);
    const exports = {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    };
    return { folder: join(root, name), short: name, manifest: { name: `@scope/${name}`, version: '1.0.0', exports } };
  };
  const a = write(
    'a',
    `import { b as two, type B as Bee } from '@scope/b';
     import type { Span } from '@opentelemetry/api';
     export { two, type Bee };
     export { inner as renamed } from './inner.js';
     export type { Inner, Shape } from './inner.js';
     export * from './rest.js';
     export type { Span };
     export type { Context } from '@opentelemetry/api';
     declare const hidden: number;
     export declare const constant: 1;
     export declare function act(): void;`,
  );
  const b = write('b', 'export declare function b(): void; export interface B {}');
  writeFileSync(
    join(a.folder, 'dist', 'inner.d.ts'),
    'export declare function inner(): void; export declare class Inner {} export interface Shape {}',
  );
  writeFileSync(
    join(a.folder, 'dist', 'rest.d.ts'),
    'declare enum Level { a } export { Level }; export type Id = string;',
  );
  expect(publicSurface(a, [a, b])).toBe(`@scope/a
  Bee: interface
  Context: from @opentelemetry/api
  Id: type
  Inner: class, its type only
  Level: enum
  Shape: interface
  Span: from @opentelemetry/api
  act: function
  constant: const
  renamed: function
  two: function
`);
});
