import { contentTypes, type ExpositionFormat } from './format.js';

/** The format that a client gets, and what the answer's `Content-Type` says. */
export interface Negotiated {
  readonly format: ExpositionFormat;
  readonly contentType: string;
}

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

interface Match {
  readonly quality: number;
  /** The higher, the more exactly the client named the format. */
  readonly precision: number;
  readonly position: number;
}

const offered: readonly { format: ExpositionFormat; type: string; version: string }[] = [
  { format: 'text', type: 'text/plain', version: '0.0.4' },
  { format: 'openmetrics', type: 'application/openmetrics-text', version: '1.0.0' },
];

/**
 * The format that the `Accept` header prefers (RFC 9110, section 12.5.1). Each format has the quality of the range that
 * names it most exactly; the higher quality wins, then the more exact range, then the one named first. Text when there
 * is no header, when it is malformed, and when neither is acceptable: a scraper is better served than refused.
 */
export function negotiate(accept: unknown): Negotiated {
  const ranges = typeof accept === 'string' ? parseAccept(accept) : undefined;
  let best: { format: ExpositionFormat; match: Match } = { format: 'text', match: noMatch };
  for (const { format, type, version } of ranges === undefined ? [] : offered) {
    const match = matchOf(type, version, ranges!);
    if (match.quality > 0 && isBetter(match, best.match)) best = { format, match };
  }
  return { format: best.format, contentType: contentTypes[best.format] };
}

const noMatch: Match = { quality: 0, precision: -1, position: Number.POSITIVE_INFINITY };

function isBetter(a: Match, b: Match): boolean {
  if (a.quality !== b.quality) return a.quality > b.quality;
  if (a.precision !== b.precision) return a.precision > b.precision;
  return a.position < b.position;
}

/** The range that names the format most exactly. */
function matchOf(type: string, version: string, ranges: readonly MediaRange[]): Match {
  let best = noMatch;
  ranges.forEach((range, position) => {
    const precision = precisionOf(range, type, version);
    if (precision > best.precision) best = { quality: range.quality, precision, position };
  });
  return best;
}

function precisionOf(range: MediaRange, type: string, version: string): number {
  if (range.version !== undefined && range.version !== version) return -1;
  if (range.type === type) return range.version === undefined ? 2 : 3;
  if (range.type === `${type.slice(0, type.indexOf('/'))}/*`) return 1;
  return range.type === '*/*' ? 0 : -1;
}

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const quality = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** Undefined when any part of the header is not what RFC 9110 lets it be. */
function parseAccept(header: string): MediaRange[] | undefined {
  const ranges: MediaRange[] = [];
  for (const element of splitOutsideQuotes(header, ',')) {
    if (element.trim() === '') continue; // a list may have empty elements
    const range = parseRange(element);
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  return ranges;
}

function parseRange(element: string): MediaRange | undefined {
  const [typeText = '', ...parameters] = splitOutsideQuotes(element, ';');
  const type = typeText.trim().toLowerCase();
  const slash = type.indexOf('/');
  if (!token.test(type.slice(0, Math.max(slash, 0))) || !token.test(type.slice(slash + 1))) return undefined;

  let version: string | undefined;
  let q = 1;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? '' : unquote(parameter.slice(equals + 1).trim());
    if (name === '' && value === '') continue;
    if (!token.test(name)) return undefined;
    if (name === 'version') version = value;
    if (name === 'q') {
      if (!quality.test(value)) return undefined;
      q = Number(value);
    }
  }
  return { type, version, quality: q };
}

function unquote(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted && character === '\\') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
