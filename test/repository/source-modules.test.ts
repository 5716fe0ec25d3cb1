import { expect, it } from 'vitest';
import { hasTopLevelAwait, importsOf } from './source-modules.js';

const imports = (text: string) =>
  importsOf(text, 'a.ts').map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' (type)' : ''}`);

it.each([
  ["import { a } from 'm'", ['m']],
  ["import 'm'", ['m']],
  ["import {} from 'm'", ['m']],
  ["import type { A } from 'm'", ['m (type)']],
  ["import { type A, type B } from 'm'", ['m']],
  ["import { type A, b } from 'm'", ['m']],
  ["import type * as m from 'm'", ['m (type)']],
  ["export { a } from 'm'", ['m']],
  ["export type { A } from 'm'", ['m (type)']],
  ["export { type A } from 'm'", ['m']],
  ["export * from 'm'", ['m']],
  ['export const a = 1; export { a as b }', []],
  ["const a = () => import('m')", ['m']],
  ['const a = (name: string) => import(name)', ['(computed)']],
  ["import a = require('m')", ['m']],
  ["const a = require('m')", ['m']],
  ["let a: import('m').A", ['m (type)']],
  ["function f(a: Map<string, import('m').A>): void {}", ['m (type)']],
  ["// import { a } from 'm'\n/** import 'n' */\nconst text = \"import 'o'\";", []],
])('%s imports %j', (text, expected) => {
  expect(imports(text)).toEqual(expected);
});

it.each([
  ['await a();', true],
  ['const a = await b();', true],
  ['if (a) { await b(); }', true],
  ['for await (const a of b) c();', true],
  ['async function a() { await b(); }', false],
  ['const a = async () => { for await (const b of c) d(); };', false],
  ['class A { async a() { await b(); } }', false],
  ['// await a();', false],
])('%s has top-level await: %s', (text, expected) => {
  expect(hasTopLevelAwait(text, 'a.ts')).toBe(expected);
});
