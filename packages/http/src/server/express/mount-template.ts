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
  if (positions === undefined) return UNKNOWN_TEMPLATE;
  return keptTemplate(layer, withSlashes(fill(asWritten(layer, path, positions), positions)));
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

/** The path with the letters outside of its parameters as Express 4 keeps them in its regular expression, if it does. */
function asWritten({ regexp }: Layer, path: string, positions: readonly Position[]): string {
  if (regexp === undefined) return path;
  const source = regexp.source.replaceAll(/\\|\(\?:/g, '');
  const lower = source.toLowerCase();
  let written = '';
  let from = 0;
  for (const { start, end } of [...positions, { start: path.length, end: path.length }]) {
    const piece = path.slice(from, start);
    const place = lower.indexOf(piece.toLowerCase());
    written += (place < 0 ? piece : source.slice(place, place + piece.length)) + path.slice(start, end);
    from = end;
  }
  return written;
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
