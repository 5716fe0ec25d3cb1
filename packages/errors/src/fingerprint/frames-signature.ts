import { functionName, MINIFIED } from './function-name.js';
import { type ModulePlace, moduleName, partsOf } from './module-place.js';
import type { StackFrame } from './stack-frame.js';

/** Most functions that tell one fault from another: where it was thrown, and what led there. Who called these is another matter. */
const MAX_FUNCTIONS = 3;
/** Node's functions that run the code of a module itself. */
const MODULE_RUNNERS = new Set(['Module._compile', 'ModuleJob.run']);
/** A line this long was written by a machine. */
const LONG_COLUMN = 200;
/** The first lines of a file hold no code of a person that far right. */
const FIRST_LINES = 2;
const FIRST_COLUMN = 80;

/** A frame whose location is understood. */
export interface PlacedFrame {
  readonly frame: StackFrame;
  readonly place: ModulePlace;
}

/** What of a stack trace is the same whenever the same fault happens. */
export interface FramesSignature {
  readonly signature: string;
  /** For a person; undefined without a frame of the application. */
  readonly culprit: string | undefined;
  /** No function of the application was on the stack: those that are told waited. */
  readonly isAsyncOnly: boolean;
  /** Names of classes and variables may be a minifier's. */
  readonly isBundled: boolean;
}

/**
 * Where the application failed: its own functions that were on the stack, each once and none twice for a recursion, without
 * lines, since those shift; with the package that threw, where one did. Functions that only waited stand in for them where
 * there is no other, and the library's own where the application has none.
 */
export function framesSignature(frames: readonly PlacedFrame[]): FramesSignature {
  const bundled = bundledFiles(frames);
  const thrower = frames.find(({ place }) => place.kind !== 'runtime');
  const own = frames.filter(({ place }) => place.kind === 'application');
  const onStack = withoutModuleCode(onlyStack(own), frames);
  const chosen = own.length > 0 ? onStack : onlyStack(frames.filter(({ place }) => place.kind === 'library'));
  const machine = machinePartsOf(chosen, frames);
  const nameOf = ({ frame, place }: PlacedFrame): NamedFrame => {
    const name = functionName(frame.functionName, frame.calledAs, bundled.has(frame.location));
    const module = moduleName(place, machine(place));
    return { name, module: place.packageName === undefined ? module : `${place.packageName}/${module}`, place };
  };
  const parts = distinct(chosen, nameOf);
  const [first] = parts;
  const lines = parts.map(({ name, module }) => `${name} ${module}`);
  if (thrower?.place.kind === 'library' && own.length > 0) lines.push(`by ${thrower.place.packageName}`);
  return {
    signature: lines.join('\n'),
    culprit: own.length === 0 || first === undefined ? undefined : culpritOf(first, machine),
    isAsyncOnly: own.length > 0 && own.every(({ frame }) => frame.isAsync),
    isBundled: own.some(({ frame }) => bundled.has(frame.location)),
  };
}

interface NamedFrame {
  readonly name: string;
  readonly module: string;
  readonly place: ModulePlace;
}

/**
 * Without the code of the main module, where that is outermost: a function that it calls is told without it from its first
 * `await` on.
 */
function withoutModuleCode(own: readonly PlacedFrame[], frames: readonly PlacedFrame[]): readonly PlacedFrame[] {
  const last = own.at(-1);
  if (last === undefined || own.length === 1) return own;
  const caller = frames[frames.indexOf(last) + 1]?.frame;
  return caller !== undefined && MODULE_RUNNERS.has(caller.functionName) ? own.slice(0, -1) : own;
}

function onlyStack(frames: readonly PlacedFrame[]): readonly PlacedFrame[] {
  const onStack = frames.filter(({ frame }) => !frame.isAsync);
  return onStack.length > 0 ? onStack : frames;
}

/** Each function once, the innermost first; of a stack with a recursion, what is above it and the recursion itself. */
function distinct(frames: readonly PlacedFrame[], nameOf: (frame: PlacedFrame) => NamedFrame): readonly NamedFrame[] {
  const found = new Map<string, Found>();
  const positions = new Set<string>();
  let last: Found | undefined;
  let hidden: NamedFrame | undefined;
  let isRecursive = false;
  for (const placed of frames) {
    const frame = nameOf(placed);
    if (isHelper(frame.name)) {
      hidden ??= frame;
      continue;
    }
    const { location, line, column } = placed.frame;
    const position = `${location}:${line}:${column}`;
    const key = `${frame.name} ${frame.module}`;
    const known = found.get(key);
    last = known ?? { frame, isRepeated: false };
    if (known === undefined) found.set(key, last);
    // the same call again, or the same name
    if (positions.has(position) || (known !== undefined && isOwnName(frame.name))) {
      last.isRepeated = true;
      isRecursive = true;
    }
    positions.add(position);
    if (!isRecursive && found.size >= MAX_FUNCTIONS) break;
  }
  const all = [...found.values()];
  if (all.length === 0) return hidden === undefined ? [] : [hidden];
  if (!isRecursive) return all.slice(0, MAX_FUNCTIONS).map(({ frame }) => frame);
  // V8 cuts a stack off: how much it shows of what led into a recursion is chance, and so is where it begins within one
  const within = all.slice(0, all.findLastIndex(({ isRepeated }) => isRepeated) + 1);
  if (last?.isRepeated === true) {
    within.sort((a, b) => Number(a.isRepeated) - Number(b.isRepeated) || compare(a.frame, b.frame));
  }
  return within.slice(0, MAX_FUNCTIONS).map(({ frame }) => frame);
}

interface Found {
  readonly frame: NamedFrame;
  isRepeated: boolean;
}

function isOwnName(name: string): boolean {
  return name !== '' && name !== MINIFIED;
}

function compare(a: NamedFrame, b: NamedFrame): number {
  return `${a.name} ${a.module}` < `${b.name} ${b.module}` ? -1 : 1;
}

/** What a compiler adds, such as TypeScript's and webpack's: two underscores begin its name. */
function isHelper(name: string): boolean {
  return name.startsWith('__');
}

function bundledFiles(frames: readonly PlacedFrame[]): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { frame, place } of frames) {
    const isLong = frame.column >= LONG_COLUMN || (frame.line <= FIRST_LINES && frame.column >= FIRST_COLUMN);
    if (place.file.isBundled || isLong) files.add(frame.location);
  }
  return files;
}

/** How many parts of an application's path are the machine's: by itself, by where packages are installed, by what all share. */
function machinePartsOf(
  chosen: readonly PlacedFrame[],
  frames: readonly PlacedFrame[],
): (place: ModulePlace) => number {
  const unknown = chosen.filter(({ place }) => place.machineParts === undefined).map(({ place }) => place.segments);
  if (unknown.length === 0) return (place) => place.machineParts ?? 0;
  const folders = new Set(frames.map(({ place }) => place.installedIn).filter((folder) => folder !== undefined));
  const shared = sharedFolders(unknown);
  return (place) => {
    if (place.machineParts !== undefined) return place.machineParts;
    const path = `/${place.segments.join('/')}`;
    for (const folder of folders) if (folder !== '' && path.startsWith(`${folder}/`)) return partsOf(folder);
    return shared;
  };
}

function sharedFolders(paths: readonly (readonly string[])[]): number {
  const [first = [], ...others] = paths;
  let shared = Math.max(0, first.length - 1);
  for (const other of others) {
    let same = 0;
    while (same < shared && same < other.length - 1 && first[same] === other[same]) same += 1;
    shared = same;
  }
  return shared;
}

function culpritOf({ name, place }: NamedFrame, machine: (place: ModulePlace) => number): string {
  const file = place.segments.slice(machine(place)).join('/');
  return name === '' || name === MINIFIED ? file : `${name} (${file})`;
}
