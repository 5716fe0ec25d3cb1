/** What V8 puts before a method's name when its object has no class of the application. */
const NO_CLASS = new Set([
  'Object',
  'Function',
  'AsyncFunction',
  'exports',
  'module',
  'Module',
  'global',
  'globalThis',
  'window',
  'self',
  'Array',
  'Promise',
  'prototype',
  'Immediate',
  'Timeout',
  'process',
  'Server',
  'Socket',
  'EventEmitter',
]);
const ANONYMOUS = '<anonymous>';
const MAX_NAME = 128;

/** Stands for a name that a minifier made. */
export const MINIFIED = '<minified>';

/**
 * The name of a function as it is in the source, whoever called it: `Cart.total`. Empty for one without a name.
 *
 * @param name as V8 wrote it, without `async` and `new`
 * @param calledAs what V8 wrote as `[as …]`
 * @param isBundled names of up to three characters in this file may be a minifier's
 */
export function functionName(name: string, calledAs: string | undefined, isBundled: boolean): string {
  // in a minified file it is chance which functions have a name at all
  const none = isBundled ? MINIFIED : '';
  if (name === '' || name.length > MAX_NAME || name.includes('/')) return none;
  // of a getter some versions tell the class, and some do not
  const accessor = /(?:^|\.)[gs]et ([^ ]+)$/.exec(name);
  const parts = accessor === null ? name.split('.') : [accessor[1] as string];
  let last = parts.pop() as string;
  if (last === ANONYMOUS || last === '') last = calledAs ?? '';
  // the code of an `eval`, and a bundler's number of a module
  if (last === '' || last === ANONYMOUS || last === 'eval' || /^\d+$/.test(last)) return none;
  if (isBundled && isShort(last)) return MINIFIED;
  const owner = parts.at(-1);
  if (owner === undefined || owner === ANONYMOUS || NO_CLASS.has(owner)) return last;
  return isBundled && isShort(owner) ? last : `${owner}.${last}`;
}

/** Whether it is as short as what minifiers give. */
export function isShort(name: string): boolean {
  return name.length <= 3;
}
