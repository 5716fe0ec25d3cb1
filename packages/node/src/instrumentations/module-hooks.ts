import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { processWide, report } from '@otel-monitor/runtime';
import { type Modules, modulesOf } from './application-modules.js';
import { definitionsOf, type Instrumentation } from './instrumentation.js';
import { PATCHING_PACKAGE } from './library-patch.js';

const HOOKS = 'import-in-the-middle';

/** An instrumentation, and the file of the package that it came from. */
export interface PatchingInstrumentation {
  readonly path: string;
  readonly instrumentation: Instrumentation;
}

/** Copies of import-in-the-middle whose hooks are in place in this thread. */
const hooked = processWide<Set<string>>('module-hooks', () => new Set());

/**
 * Lets instrumentations see what is loaded by `import`: what comes by `require()` they see by themselves. The hooks are
 * those of the copy of import-in-the-middle that each instrumentation listens to. They look at the modules that are
 * going to be patched and at no others, which are known by now: so nothing need be told to a loader's thread later, and
 * no acknowledgement be waited for, and `--require` does what `--import` does.
 */
export function hookImports(instrumentations: readonly PatchingInstrumentation[]): void {
  const copies = new Map<string, { modules: Modules; include: (string | RegExp)[] }>();
  for (const { path, instrumentation } of instrumentations) {
    const include = patchedModules(instrumentation);
    const base = include.length === 0 ? undefined : modulesOf(path).find(PATCHING_PACKAGE);
    if (base === undefined) continue;
    const modules = modulesOf(base.path);
    const copy = modules.find(HOOKS);
    if (copy === undefined) continue;
    const entry = copies.get(copy.path) ?? { modules, include: [] };
    entry.include.push(...include);
    copies.set(copy.path, entry);
  }
  for (const [path, { modules, include }] of copies) {
    if (hooked.has(path)) continue;
    hooked.add(path);
    try {
      register(modules, include);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report('module-hooks', `libraries that are loaded by import are not looked into: ${reason}`);
    }
  }
}

/** Bare names as they are imported, and the files inside that are patched where a program imports them one by one. */
function patchedModules(instrumentation: Instrumentation): (string | RegExp)[] {
  return definitionsOf(instrumentation).flatMap(({ name, files = [] }) => [
    name,
    ...files.map((file) => new RegExp(`/node_modules/${file.name.replace(/[^\w/-]/g, '\\$&')}$`)),
  ]);
}

function register(modules: Modules, include: (string | RegExp)[]): void {
  // hooks in this thread, where Node has them and they are fit for it
  const inThread = 'registerHooks' in module ? modules.find(`${HOOKS}/register-hooks.mjs`)?.load() : undefined;
  if (typeof inThread?.register === 'function' && inThread.supportsSyncHooks instanceof Function) {
    if (inThread.supportsSyncHooks() === true) {
      inThread.register({ include });
      return;
    }
  }
  const file = modules.find(`${HOOKS}/hook.mjs`);
  if (file === undefined) throw new Error(`${HOOKS} has no hook.mjs`);
  module.register(pathToFileURL(file.path).href, { data: { include } });
}
