import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** One place where a module names another. */
export interface Import {
  specifier: string;
  /** True when nothing of it is left at run time. */
  typeOnly: boolean;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function children(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

/** The syntax tree of a module: TypeScript, a declaration file or JavaScript, by the name's end. */
export function parseModule(text: string, file: string): Node {
  const lang = /\.d\.[cm]?ts$/.test(file) ? 'dts' : /\.[cm]?ts$/.test(file) ? 'ts' : 'js';
  return parseAst(text, { lang, sourceType: 'module' }, file) as unknown as Node;
}

const literal = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

function importOf(node: Node): Import | undefined {
  const specifier = literal(node.source);
  switch (node.type) {
    case 'ImportDeclaration':
      // `import { type A } from 'm'` is not among them: with verbatimModuleSyntax it still loads the module.
      return { specifier: specifier as string, typeOnly: node.importKind === 'type' };
    case 'ExportNamedDeclaration':
      return specifier === undefined ? undefined : { specifier, typeOnly: node.exportKind === 'type' };
    case 'ExportAllDeclaration':
      return { specifier: specifier as string, typeOnly: node.exportKind === 'type' };
    case 'TSImportType':
      return { specifier: specifier as string, typeOnly: true };
    case 'ImportExpression':
      return { specifier: specifier ?? '(computed)', typeOnly: false };
    case 'TSImportEqualsDeclaration': {
      const reference = node.moduleReference as Node;
      const required = literal(reference.expression);
      return required === undefined ? undefined : { specifier: required, typeOnly: node.importKind === 'type' };
    }
    case 'CallExpression': {
      const callee = node.callee as Node;
      const [first] = node.arguments as unknown[];
      const requires = callee.type === 'Identifier' && ['require', 'require_'].includes(callee.name as string);
      return requires && literal(first) !== undefined
        ? { specifier: literal(first) as string, typeOnly: false }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Everything a module imports, re-exports, requires or names in a type, wherever it stands. */
export function importsOf(text: string, file: string): Import[] {
  const visit = (node: Node): Import[] => {
    const found = importOf(node);
    return [...(found ? [found] : []), ...children(node).flatMap(visit)];
  };
  return visit(parseModule(text, file));
}

const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'StaticBlock'];

/** True when loading the module waits: `require()` of it then throws. */
export function hasTopLevelAwait(text: string, file: string): boolean {
  const waits = (node: Node): boolean => {
    if (functions.includes(node.type)) return false;
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true)) return true;
    if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true;
    return children(node).some(waits);
  };
  return waits(parseModule(text, file));
}

/** The TypeScript files of a folder, with their text; names are relative to it. */
export function sourceFiles(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?tsx?$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
