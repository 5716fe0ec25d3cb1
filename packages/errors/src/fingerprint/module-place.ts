import { type BuildName, buildName, isBuildSegment } from './content-hash.js';

/** Where code comes from: the application, a package that it installed, or Node and V8 themselves. */
export type ModuleKind = 'application' | 'library' | 'runtime';

/** A location of a stack frame, understood as far as it can be by itself. */
export interface ModulePlace {
  readonly kind: ModuleKind;
  /** Of a library, as npm names it: `@scope/name`. */
  readonly packageName: string | undefined;
  /** The parts of the path: of the application's file from the root of its file system, of a library's from its package. */
  readonly segments: readonly string[];
  /** How many of the parts belong to the machine; undefined when the path does not tell. */
  readonly machineParts: number | undefined;
  /** The folder that a library's `node_modules` stands in; empty for the root of the file system or of a site. */
  readonly installedIn: string | undefined;
  readonly file: BuildName;
}

const INSTALLED = 'node_modules/';
/** Folders that a build reads or writes: what is in them is the same on all machines, and in source and build. */
const BUILD_FOLDERS = new Set(['src', 'dist', 'build', 'out', 'esm', 'cjs']);
/** Further folders that begin what is the same on all machines. */
const FIRST_FOLDERS = new Set([...BUILD_FOLDERS, 'lib', 'libs', 'bin', 'test', 'tests', 'packages', 'apps']);
/** Folders that containers keep one application in. */
const WHOLE_FOLDERS = [['app'], ['usr', 'src', 'app'], ['var', 'task'], ['home', 'node', 'app'], ['workspace']];

const RUNTIME: ModulePlace = {
  kind: 'runtime',
  packageName: undefined,
  segments: [],
  machineParts: 0,
  installedIn: undefined,
  file: { name: '', isBundled: false },
};

/**
 * Reads the location of a stack frame: a path of POSIX or Windows, or a URL of any scheme.
 *
 * @param root the application's folder where it is known, with `/` between its parts
 */
export function modulePlace(location: string, root: string | undefined): ModulePlace {
  if (isRuntime(location)) return RUNTIME;
  const { path, isSite } = pathOf(location);
  const installed = path.lastIndexOf(INSTALLED);
  if (installed === 0 || (installed > 0 && path.charCodeAt(installed - 1) === 47)) return libraryPlace(path, installed);
  let segments = path.split('/').filter((segment) => segment !== '' && segment !== '..');
  const dot = segments.lastIndexOf('.');
  // `(rsc)/./app/page.tsx` of a bundler: what stands before the dot is its own
  if (dot !== -1) segments = segments.slice(dot + 1);
  const file = buildName(segments.at(-1) ?? '');
  const place = { kind: 'application', packageName: undefined, segments, installedIn: undefined, file } as const;
  if (isSite || dot !== -1) return { ...place, machineParts: 0 };
  if (root !== undefined && path.startsWith(`${root}/`)) return { ...place, machineParts: partsOf(root) };
  return { ...place, machineParts: machineParts(segments) };
}

/** How many parts a path of a folder has. */
export function partsOf(folder: string): number {
  let parts = 0;
  for (const part of folder.split('/')) if (part !== '') parts += 1;
  return parts;
}

/** The name of the module on every machine and in every build: without the folders of builds, hashes and endings. */
export function moduleName({ segments, file }: ModulePlace, machine: number): string {
  const kept: string[] = [];
  for (let index = machine; index < segments.length - 1; index += 1) {
    const segment = segments[index] as string;
    if (segment.startsWith('.') || segment.startsWith('[') || BUILD_FOLDERS.has(segment)) continue;
    kept.push(isBuildSegment(segment) ? '*' : segment);
  }
  kept.push(file.name);
  return kept.join('/');
}

function libraryPlace(path: string, installed: number): ModulePlace {
  const [first = '', ...rest] = path.slice(installed + INSTALLED.length).split('/');
  const isScoped = first.startsWith('@') && rest.length > 1;
  const segments = isScoped ? rest.slice(1) : rest;
  // pnpm and Yarn keep packages deeper: the outermost node_modules stands in the application's folder
  const outermost = path.indexOf(INSTALLED);
  return {
    kind: 'library',
    packageName: isScoped ? `${first}/${rest[0]}` : first,
    segments,
    machineParts: 0,
    installedIn: path.slice(0, Math.max(0, outermost - 1)),
    file: buildName(segments.at(-1) ?? ''),
  };
}

function machineParts(segments: readonly string[]): number | undefined {
  const isHome = /^(?:home|users)$/i.test(segments[0] ?? '');
  for (let index = isHome ? 2 : 0; index < segments.length - 1; index += 1) {
    const segment = segments[index] as string;
    // `/usr/src/app` and `/usr/lib` are the machine's own
    if (isFirst(segment) && segments[index - 1] !== 'usr') return index;
  }
  const whole = WHOLE_FOLDERS.find((folder) => folder.every((part, index) => segments[index] === part));
  return whole !== undefined && segments.length > whole.length ? whole.length : undefined;
}

/** A folder that begins with a dot (`.next`) is one that a build writes. */
function isFirst(segment: string): boolean {
  return FIRST_FOLDERS.has(segment) || segment.startsWith('.');
}

function isRuntime(location: string): boolean {
  return (
    location === '' ||
    location === 'native' ||
    location === '<anonymous>' ||
    location.startsWith('node:') ||
    location.startsWith('index ') ||
    location.startsWith('internal/')
  );
}

/** The path of a location, with `/` between its parts; `isSite` where it begins at the root of a site or of a bundler. */
function pathOf(location: string): { path: string; isSite: boolean } {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(location)?.[1]?.toLowerCase();
  if (scheme === undefined) return { path: location.replaceAll('\\', '/').replace(/^[A-Za-z]:/, ''), isSite: false };
  if (scheme === 'data' || scheme === 'blob') return { path: `<${scheme}>`, isSite: true };
  let path = location.slice(scheme.length + 1);
  const end = path.search(/[?#]/);
  if (end !== -1) path = path.slice(0, end);
  if (path.startsWith('//')) {
    const slash = path.indexOf('/', 2);
    path = slash === -1 ? '' : path.slice(slash);
  }
  path = decoded(path);
  if (scheme === 'wasm') return { path: path.replace(/:.*$/s, '').replace(/-[0-9a-f]+$/, ''), isSite: true };
  // what a package of a version holds: `/shop@1.2.3/assets/main.js`
  if (scheme !== 'file') return { path: path.replace(/^.*@\d[\w.+-]*(?=\/)/s, ''), isSite: true };
  return { path: path.replace(/^\/[A-Za-z]:/, ''), isSite: false };
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
