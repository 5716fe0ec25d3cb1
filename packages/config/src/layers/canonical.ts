import { aliases } from '../schema/settings.js';
import { isPlainObject } from './plain-data.js';

type Values = Record<string, unknown>;

/** Attributes of the resource that have a place of their own. */
const PROMOTED: readonly [attribute: string, path: string][] = [
  ['service.name', 'service.name'],
  ['service.version', 'service.version'],
  ['service.namespace', 'service.namespace'],
  ['service.instance.id', 'service.instanceId'],
  ['deployment.environment.name', 'environment'],
  ['deployment.environment', 'environment'],
];

/**
 * One way of saying each thing: aliases go to the key that they stand for, resource attributes with a place of their
 * own to that place. Within one source the key itself wins. Returns the paths that were moved, new to old.
 */
export function makeCanonical(values: Values): Map<string, string> {
  const moved = new Map<string, string>();
  for (const [alias, paths] of Object.entries(aliases)) {
    const value = values[alias];
    delete values[alias];
    if (value === undefined) continue;
    for (const path of paths) if (setIfFree(values, path, value)) moved.set(path, alias);
  }
  const attributes = values.resourceAttributes;
  if (isPlainObject(attributes)) {
    for (const [attribute, path] of PROMOTED) {
      const value = attributes[attribute];
      delete attributes[attribute];
      if (value === undefined || value === '') continue;
      if (setIfFree(values, path, String(value))) moved.set(path, `resourceAttributes.${attribute}`);
    }
  }
  return moved;
}

/** Groups that can be `false` become groups with `enabled`: who gives an address wants the thing on. */
export function makeSwitches(values: Values): void {
  switchGroup(values, 'server');
  switchGroup(values, 'otlp');
  const otlp = values.otlp;
  if (isPlainObject(otlp)) for (const signal of ['traces', 'metrics', 'logs']) switchGroup(otlp, signal);
}

function switchGroup(values: Values, key: string): void {
  const value = values[key];
  if (typeof value === 'boolean') values[key] = { enabled: value };
  else if (isPlainObject(value)) values[key] = { enabled: true, ...value };
}

/** Sets the value unless there is one. */
export function setIfFree(values: Values, path: string, value: unknown): boolean {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let target = values;
  for (const key of keys) {
    const inner = target[key];
    if (inner === undefined) target[key] = {};
    else if (!isPlainObject(inner)) return false;
    target = target[key] as Values;
  }
  if (target[last] !== undefined) return false;
  target[last] = value;
  return true;
}
