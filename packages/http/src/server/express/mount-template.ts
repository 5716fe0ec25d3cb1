import { type Layer, patternTemplate, withSlashes } from './layer.js';
import { type Position, parameterPositions } from './parameter-positions.js';

/** What stands for a path of which no template can be told. */
export const UNKNOWN_TEMPLATE = '/*';
/**
 * Most templates of one layer that was given no text to tell. Few have several; a path that a regular expression without
 * groups matched would be one for each request.
 */
const MAX_TEMPLATES = 8;

const templates = new WeakMap<Layer, Map<string, string>>();

/**
 * The template of the path under which `use` mounted a router: as it was written where the layer knows, else the path with
 * the parameters put where their values are.
 *
 * @param path what the layer has matched
 */
export function mountTemplate(layer: Layer, path: string): string {
  const written = writtenPattern(layer, path);
  if (written !== undefined) return written;
  const positions = parameterPositions(layer, path);
  return positions === undefined ? UNKNOWN_TEMPLATE : keptTemplate(layer, withSlashes(fill(path, positions)));
}

function writtenPattern({ rawPath, matchers }: Layer, path: string): string | undefined {
  if (rawPath === undefined) return undefined;
  if (!Array.isArray(rawPath)) return patternTemplate(rawPath);
  const index = matchers?.findIndex((matches) => matches(path) !== false) ?? -1;
  return index < 0 ? undefined : patternTemplate(rawPath[index]);
}

function fill(path: string, positions: readonly Position[]): string {
  let template = '';
  let from = 0;
  for (const { start, end, text } of positions) {
    template += path.slice(from, start) + text;
    from = end;
  }
  return template + path.slice(from);
}

/** Letters in the other case match as well: the first that came stand for all. */
function keptTemplate(layer: Layer, template: string): string {
  let known = templates.get(layer);
  if (known === undefined) {
    known = new Map();
    templates.set(layer, known);
  }
  const key = template.toLowerCase();
  const first = known.get(key);
  if (first !== undefined) return first;
  if (known.size >= MAX_TEMPLATES) return UNKNOWN_TEMPLATE;
  known.set(key, template);
  return template;
}
