import type fs from 'node:fs/promises';
import type path from 'node:path';
import { processWide, runtimeState } from '@otel-monitor/runtime';
import { readSourceMap } from './read-source-map.js';
import type { SourceMap } from './source-map.js';

/** Most files of which it is remembered whether they have a map. */
const MAX_FILES = 500;
const MAX_MAPS = 32;
/** Files that wait to be read; beyond these, what is seen is not remembered, and asked for again when it is seen again. */
const MAX_QUEUED = 64;
/** Stack traces that wait for a file; what comes in such a flood is told by its raw frames, as where there is no map. */
const MAX_CALLBACKS = 1000;
/** Bytes of all maps that are kept. */
const MAX_SIZE = 32 * 1024 * 1024;
/** Files of the main script's folder whose maps are read before an error needs them. */
const MAX_FIRST = 8;
/** The program's own start comes first, in milliseconds. */
const FIRST_DELAY = 1000;

type State = 'loading' | 'none' | SourceMap;

/** The source maps of the process: read when a file is first seen in a stack trace, the least used one out. */
export class SourceMaps {
  /** Files by how long ago they were asked for, the longest first. */
  readonly #files = new Map<string, State>();
  readonly #waiting = new Map<string, Set<() => void>>();
  #size = 0;
  #maps = 0;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #hasBegun = false;

  constructor(private readonly read: (file: string) => Promise<SourceMap | undefined> = readSourceMap) {}

  /** The map of a file, if it is read; else `loading`, or `none` for a file without one. */
  of(file: string): State {
    const state = this.#files.get(file);
    if (state === undefined) {
      if (this.#queued >= MAX_QUEUED) return 'none';
      this.#load(file);
      return 'loading';
    }
    if (typeof state === 'object') {
      this.#files.delete(file);
      this.#files.set(file, state);
    }
    return state;
  }

  /** Calls back once, when it is known whether the file has a map; not where too many wait for it already. */
  whenRead(file: string, callback: () => void): void {
    let callbacks = this.#waiting.get(file);
    if (callbacks === undefined) {
      callbacks = new Set();
      this.#waiting.set(file, callbacks);
    }
    if (callbacks.size < MAX_CALLBACKS) callbacks.add(callback);
  }

  /** Resolves when nothing is left to read; for tests. */
  async idle(): Promise<void> {
    for (let queue: Promise<void> | undefined; queue !== this.#queue; ) {
      queue = this.#queue;
      await queue;
    }
  }

  /** Reads the maps of the main script and of the files beside it, a second after the start; once. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const main = process.argv[1];
    if (main === undefined || !isCompiled(main)) return;
    setTimeout(() => {
      if (isMapping()) this.#loadBeside(main).catch(() => undefined);
    }, FIRST_DELAY).unref();
  }

  async #loadBeside(main: string): Promise<void> {
    const { readdir, realpath } = process.getBuiltinModule('node:fs/promises') as typeof fs;
    const { dirname, join, basename } = process.getBuiltinModule('node:path') as typeof path;
    const script = await realpath(main);
    const files = new Set(await readdir(dirname(script)));
    const mapped = [...files].filter(
      (name) => isCompiled(name) && files.has(`${name}.map`) && name !== basename(script),
    );
    for (const name of [basename(script), ...mapped.slice(0, MAX_FIRST)]) this.of(join(dirname(script), name));
  }

  #load(file: string): void {
    if (this.#files.size >= MAX_FILES) this.#leave();
    this.#files.set(file, 'loading');
    this.#queued += 1;
    this.#queue = this.#queue.then(async () => {
      const map = await this.read(file).catch(() => undefined);
      this.#queued -= 1;
      this.#files.delete(file);
      this.#files.set(file, map ?? 'none');
      if (map !== undefined) {
        this.#size += map.size;
        this.#maps += 1;
        while ((this.#size > MAX_SIZE || this.#maps > MAX_MAPS) && this.#maps > 1)
          this.#leave((state) => typeof state === 'object');
      }
      const callbacks = this.#waiting.get(file);
      this.#waiting.delete(file);
      for (const callback of callbacks ?? []) callback();
    });
  }

  /** The file that was asked for longest ago leaves; it is read again when it is seen again. */
  #leave(isMeant: (state: State) => boolean = (state) => state !== 'loading'): void {
    for (const [file, state] of this.#files) {
      if (!isMeant(state)) continue;
      this.#files.delete(file);
      if (typeof state !== 'object') return;
      this.#size -= state.size;
      this.#maps -= 1;
      return;
    }
  }
}

/** The one set of maps of the process. */
export const sourceMaps: SourceMaps = processWide('source-maps', () => new SourceMaps());

/** Whether frames are to be mapped here: it is not turned off, and V8 does not do it itself (`--enable-source-maps`). */
export function isMapping(): boolean {
  return runtimeState.errors.sourceMaps && (process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled !== true;
}

/** Whether a file may be compiled from another one. */
export function isCompiled(file: string): boolean {
  return /\.[cm]?js$/.test(file);
}
