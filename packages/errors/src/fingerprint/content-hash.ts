import { isMadeUp } from './made-up-word.js';

/** A token with at least this many characters may be a hash; what is shorter is a word or a version. */
const SHORTEST = 6;
const HEX = /^[0-9a-f]+$/i;
const BASE32 = /^[A-Z2-7]{8}$/;
const VOWELS = /[aeiouy]/gi;
/** The short words that bundlers put beside a name: `app.min.js`, `417.chunk.js`. */
const BUILD_WORDS = new Set(['min', 'bundle', 'chunk', 'chunks', 'prod']);

/** The name of a file without what differs from build to build. */
export interface BuildName {
  /** Without hashes, the bundler's words and the ending of a script. */
  readonly name: string;
  /** A bundler named it: names inside of it may be shortened. */
  readonly isBundled: boolean;
}

/** Takes the content hash out of the name of a file: `main.3f2a9c1b.js`, `chunk-QK2VR7XA.js`, `index-BxT3k9aZ.js`. */
export function buildName(file: string): BuildName {
  const stem = file.replace(/\.[cm]?[jt]sx?$/, '');
  if (/^\d+$/.test(stem)) return { name: '*', isBundled: true };
  const afterDash = stem.length - 9;
  // Rollup's hashes are eight characters of base64url, which has the dash itself
  if (afterDash > 0 && isSeparator(stem.charCodeAt(afterDash)) && isRandom(stem.slice(afterDash + 1))) {
    return { name: withoutHashes(stem.slice(0, afterDash)).name, isBundled: true };
  }
  return withoutHashes(stem);
}

/** Whether a segment of a path is made by a machine for one build: a hash, a UUID, a number of a release. */
export function isBuildSegment(segment: string): boolean {
  const plain = segment.replaceAll('-', '');
  if (plain.length >= 7 && HEX.test(plain) && /\d/.test(plain)) return true;
  return segment.length >= 12 && isRandom(plain);
}

function withoutHashes(stem: string): BuildName {
  if (!/[.\-_]/.test(stem)) return { name: stem, isBundled: false };
  const kept: string[] = [];
  let isBundled = false;
  for (const token of stem.split(/([.\-_])/)) {
    if (isHash(token) || (kept.at(-1) === '.' && BUILD_WORDS.has(token))) isBundled = true;
    else kept.push(token);
  }
  if (!isBundled) return { name: stem, isBundled };
  const name = kept
    .join('')
    .replace(/[.\-_]+$/, '')
    .replace(/^[.\-_]+/, '')
    .replace(/([.\-_]){2,}/g, '$1');
  return { name: name === '' || /^\d+$/.test(name) ? '*' : name, isBundled };
}

function isHash(token: string): boolean {
  if (token.length < SHORTEST) return false;
  if (HEX.test(token) && /\d/.test(token) && (/[a-f]/i.test(token) || token.length >= 8)) return true;
  return token.length >= 8 && isRandom(token);
}

/** Letters and digits in no order that a person writes: digits between letters, capitals strewn within, pairs no word has. */
function isRandom(token: string): boolean {
  if (token.length < 8 || !/^[\w-]+$/.test(token)) return false;
  // esbuild's hashes
  if (BASE32.test(token)) return true;
  if (!/\d/.test(token)) return isMadeUp(token, true);
  const isStrewn = /\d[A-Za-z_-]+\d|[A-Za-z]\d+[A-Za-z]|^\d/.test(token);
  if (isStrewn && /[a-z]/.test(token) && /[A-Z]/.test(token)) return true;
  const vowels = token.match(VOWELS)?.length ?? 0;
  return (isStrewn && vowels * 5 <= token.length) || isMadeUp(token.replace(/[\d_-]/g, ''), true);
}

function isSeparator(code: number): boolean {
  return code === 45 || code === 46 || code === 95;
}
