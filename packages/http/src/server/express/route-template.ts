import { type Layer, type Pattern, patternTemplate } from './layer.js';

type LayerClass = new (path: Pattern, options: object, handle: () => void) => { match(path: string): unknown };

const alternatives = new WeakMap<Layer, readonly { match(path: string): unknown }[]>();

/**
 * The template of a route as it was written.
 *
 * @param path what the layer has matched; tells one pattern from another where the route was given several
 */
export function routeTemplate(layer: Layer, path: string): string {
  const pattern = layer.route?.path;
  if (!Array.isArray(pattern)) return patternTemplate(pattern);
  const patterns = pattern.flat(Number.POSITIVE_INFINITY) as Pattern[];
  const index =
    layer.matchers?.findIndex((matches) => matches(path) !== false) ??
    alternativesOf(layer, patterns).findIndex((alternative) => Boolean(alternative.match(path)));
  return index < 0 ? patterns.map(patternTemplate).join('|') : patternTemplate(patterns[index]);
}

/** Express 4 makes one regular expression of all patterns: a layer of its own for each tells which it was. */
function alternativesOf(layer: Layer, patterns: readonly Pattern[]): readonly { match(path: string): unknown }[] {
  let known = alternatives.get(layer);
  if (known === undefined) {
    const AnyLayer = layer.constructor as LayerClass;
    known = patterns.map((pattern) => new AnyLayer(pattern, { end: true }, () => {}));
    alternatives.set(layer, known);
  }
  return known;
}
