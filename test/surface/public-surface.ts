import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type WorkspacePackage, workspacePackages } from '../../scripts/repository.mjs';
import { parseModule } from '../repository/source-modules.js';

/**
 * The public names of a package, read from its built declaration files: what an import of it can name, and what each name
 * is. Re-exports are followed to the declaration, through our own packages too.
 */

interface Node {
  type: string;
  [key: string]: unknown;
}

const kinds: Record<string, string> = {
  TSDeclareFunction: 'function',
  FunctionDeclaration: 'function',
  ClassDeclaration: 'class',
  TSInterfaceDeclaration: 'interface',
  TSTypeAliasDeclaration: 'type',
  TSEnumDeclaration: 'enum',
  TSModuleDeclaration: 'namespace',
};

const nameOf = (node: unknown): string => {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? value ?? '';
};

/** What a statement declares, by name. */
function declared(statement: Node): [string, string][] {
  if (statement.type === 'VariableDeclaration') {
    return (statement.declarations as Node[]).map(({ id }) => [nameOf(id), statement.kind as string]);
  }
  const kind = kinds[statement.type];
  return kind === undefined ? [] : [[nameOf(statement.id), kind]];
}

/** The types file behind a specifier, or undefined for a package of somebody else. */
function declarationFile(specifier: string, from: string, packages: WorkspacePackage[]): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(from), specifier.replace(/\.js$/, '.d.ts'));
  const owner = packages.find(({ manifest: { name } }) => specifier === name || specifier.startsWith(`${name}/`));
  if (owner === undefined) return undefined;
  const target = owner.manifest.exports?.[`.${specifier.slice(owner.manifest.name.length)}`];
  return typeof target === 'object' && target.types ? join(owner.folder, target.types) : undefined;
}

type Exports = Map<string, string>;

/** What is known to one run: the packages, and each declaration file that was read. */
interface Known {
  packages: WorkspacePackage[];
  files: Map<string, Exports>;
}

/** Every name that a declaration file exports, with its kind. */
function exportsOf(file: string, known: Known): Exports {
  const found = known.files.get(file) ?? readExports(file, known);
  known.files.set(file, found);
  return found;
}

function readExports(file: string, known: Known): Exports {
  const body = parseModule(readFileSync(file, 'utf8'), file).body as Node[];
  const kindIn = (specifier: string, name: string): string => {
    const target = declarationFile(specifier, file, known.packages);
    if (target === undefined) return `from ${specifier}`;
    if (name === '*') return `namespace of ${specifier}`;
    const kind = exportsOf(target, known).get(name);
    if (kind === undefined) throw new Error(`${file} names ${name} of ${specifier}, which has no such export`);
    return kind;
  };

  const local = new Map(body.flatMap((node) => declared((node.declaration as Node | null) ?? node)));
  // followed when they are exported again: types may import each other in a circle
  const imported = new Map<string, () => string>();
  for (const node of body) {
    if (node.type !== 'ImportDeclaration') continue;
    for (const name of node.specifiers as Node[]) {
      const theirs = name.imported ? nameOf(name.imported) : name.type === 'ImportDefaultSpecifier' ? 'default' : '*';
      imported.set(nameOf(name.local), () => kindIn(nameOf(node.source), theirs));
    }
  }

  const found: Exports = new Map();
  for (const node of body) {
    if (node.type === 'ExportDefaultDeclaration') found.set('default', 'default');
    if (node.type === 'ExportAllDeclaration') {
      const target = declarationFile(nameOf(node.source), file, known.packages);
      if (node.exported) found.set(nameOf(node.exported), `namespace of ${nameOf(node.source)}`);
      else if (target === undefined) found.set('*', `from ${nameOf(node.source)}`);
      else for (const [name, kind] of exportsOf(target, known)) found.set(name, kind);
    }
    if (node.type !== 'ExportNamedDeclaration') continue;
    if (node.declaration) for (const [name, kind] of declared(node.declaration as Node)) found.set(name, kind);
    for (const specifier of node.specifiers as Node[]) {
      const name = nameOf(specifier.local);
      const kind = node.source ? kindIn(nameOf(node.source), name) : (local.get(name) ?? imported.get(name)?.());
      if (kind === undefined) throw new Error(`${file} exports ${name}, which it does not declare`);
      const asType = node.exportKind === 'type' || specifier.exportKind === 'type';
      const loses = asType && !['interface', 'type'].includes(kind) && !kind.startsWith('from ');
      found.set(nameOf(specifier.exported), loses ? `${kind}, its type only` : kind);
    }
  }
  return found;
}

/** One line a name, sorted, under each entry point: what is reviewed when it changes. */
export function publicSurface({ folder, manifest }: WorkspacePackage, packages = workspacePackages()): string {
  const entries = Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'object' && target.types ? [{ path, file: join(folder, target.types) }] : [],
  );
  const known: Known = { packages, files: new Map() };
  const sections = entries.map(({ path, file }) => {
    const names = [...exportsOf(file, known)].map(([name, kind]) => `  ${name}: ${kind}`).sort();
    return `${manifest.name}${path.slice(1)}\n${names.join('\n') || '  (nothing: it acts when it is loaded)'}\n`;
  });
  const commands = Object.keys(manifest.bin ?? {}).map((name) => `command ${name}\n`);
  return [...sections, ...commands].join('\n');
}
