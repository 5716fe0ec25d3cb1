import { fileURLToPath } from 'node:url';
import { cleanText, copied } from '@otel-monitor/runtime';
import { applicationRoot } from './application-root.js';
import { framesSignature, type PlacedFrame } from './frames-signature.js';
import { type ModulePlace, modulePlace } from './module-place.js';
import { framesChanged } from './regrouping.js';
import { type MappedFrames, mapFrames } from './source-maps/mapped-frames.js';
import { isCompiled, isMapping, sourceMaps } from './source-maps/source-maps.js';
import { parseFrames, type StackFrame } from './stack-frame.js';

/** Longest text of frames that is read, in UTF-16 units. */
const MAX_LENGTH = 16_384;
/** Most texts, and most characters in them, that are remembered. */
const MAX_KNOWN = 1000;
const MAX_CHARACTERS = 2_000_000;
/** Texts of one key. */
const MAX_ALIKE = 32;
const MAX_PLACES = 2000;
const MAX_CULPRIT = 256;
/** Of the top frames every character makes the key, of what is below one in so many. */
const TOP = 128;
const STEP = 24;

/** What is known of one stack trace's frames. The same text gives the same object while it is remembered. */
export interface KnownFrames {
  /** The frames as they leave: one a line, each with its line feed in front, secrets taken out. */
  readonly text: string;
  /** What is alike in the frames of the same fault, on every machine and in every build of one release. */
  readonly signature: string;
  /** Where in the application it happened, for a person: `extract (sprites/extract.ts)`; undefined without such a frame. */
  readonly culprit: string | undefined;
  /** The application's code was minified: names of classes and variables may be anything. */
  readonly isBundled?: boolean;
  /** No function of the application was on the stack: those that are told waited for what was. */
  readonly isAsyncOnly?: boolean;
  /** It is not known yet whether all files have source maps: what is told may change, once. */
  readonly isWaiting?: boolean;
}

interface Remembered {
  readonly raw: string;
  readonly frames: KnownFrames;
}

const known = new Map<number, Remembered[]>();
let count = 0;
let characters = 0;
const places = new Map<string, ModulePlace>();

/**
 * Reads the frames of a stack trace. An error thrown at the same place again has the same text, so that reading it, and
 * taking secrets out of it, is done once.
 *
 * @param text the part of `error.stack` after its message
 */
export function knownFrames(text: string): KnownFrames {
  const raw = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
  const key = keyOf(raw);
  const alike = known.get(key);
  if (alike !== undefined) {
    for (const each of alike) if (each.raw === raw) return each.frames;
  }
  // a copy: a part of a string keeps the whole of it
  const copy = copied(raw);
  const frames = new ReadFrames(copy);
  remember(key, alike, { raw: copy, frames });
  return frames;
}

/**
 * Cheaper than the hash that a Map makes of all of a text. Faults of the same length differ in their top frames, and often
 * only there.
 */
function keyOf(text: string): number {
  const { length } = text;
  const top = Math.min(TOP, length);
  let key = length;
  for (let index = 0; index < top; index += 1) key = (Math.imul(key, 31) + text.charCodeAt(index)) | 0;
  for (let index = top; index < length; index += STEP) key = (Math.imul(key, 31) + text.charCodeAt(index)) | 0;
  return key;
}

function remember(key: number, alike: Remembered[] | undefined, entry: Remembered): void {
  if (count >= MAX_KNOWN || characters + entry.raw.length > MAX_CHARACTERS) forgetOldest();
  const row = alike !== undefined && known.has(key) ? alike : [];
  if (row.length >= MAX_ALIKE) forget(row.pop());
  row.unshift(entry);
  known.set(key, row);
  count += 1;
  characters += entry.raw.length;
}

/** A quarter of them in one go, the first that came. */
function forgetOldest(): void {
  const left = Math.min(count * 0.75, MAX_KNOWN);
  const room = MAX_CHARACTERS * 0.75;
  for (const [key, row] of known) {
    if (count <= left && characters <= room) return;
    for (const entry of row) forget(entry);
    known.delete(key);
  }
}

function forget(entry: Remembered | undefined): void {
  if (entry === undefined) return;
  count -= 1;
  characters -= entry.raw.length;
}

/** The frames of one text. When the source map of a file comes later, they are read anew, and stay the same object. */
class ReadFrames implements KnownFrames {
  text = '';
  signature = '';
  culprit: string | undefined = undefined;
  isBundled = false;
  isAsyncOnly = false;
  isWaiting = false;
  readonly #raw: string;

  constructor(raw: string) {
    this.#raw = raw;
    this.#read();
  }

  #read(): void {
    const raw = parseFrames(this.#raw);
    const { text, frames } = isMapping() ? this.#mapped(raw) : { text: this.#raw, frames: raw };
    const { signature, culprit, isBundled, isAsyncOnly } = framesSignature(placed(frames));
    this.text = cleanText(text, MAX_LENGTH);
    this.signature = signature;
    this.culprit = culprit === undefined ? undefined : cleanText(culprit, MAX_CULPRIT);
    this.isBundled = isBundled;
    this.isAsyncOnly = isAsyncOnly;
  }

  #mapped(raw: readonly StackFrame[]): MappedFrames {
    this.isWaiting = false;
    return mapFrames(this.#raw, raw, (location) => {
      const file = compiledFile(location);
      const state = file === undefined ? 'none' : sourceMaps.of(file);
      if (typeof state === 'object') return state;
      if (state === 'loading') this.#wait(file as string);
      return undefined;
    });
  }

  #wait(file: string): void {
    this.isWaiting = true;
    sourceMaps.whenRead(file, this.#again);
  }

  readonly #again = (): void => {
    this.#read();
    framesChanged(this);
  };
}

function placed(frames: readonly StackFrame[]): PlacedFrame[] {
  const root = applicationRoot();
  return frames.map((frame) => ({ frame, place: placeOf(frame.location, root) }));
}

/** The application's file that a frame stands in, if it may be compiled from another one: an absolute path. */
function compiledFile(location: string): string | undefined {
  if (!isCompiled(location) || placeOf(location, applicationRoot()).kind !== 'application') return undefined;
  if (location.startsWith('/') || /^[A-Za-z]:[\\/]/.test(location)) return location;
  if (!location.startsWith('file:///')) return undefined;
  try {
    return fileURLToPath(location);
  } catch {
    return undefined;
  }
}

function placeOf(location: string, root: string | undefined): ModulePlace {
  let place = places.get(location);
  if (place === undefined) {
    place = modulePlace(location, root);
    if (places.size >= MAX_PLACES) places.clear();
    places.set(location, place);
  }
  return place;
}
