import type { Monitor } from '@otel-monitor/monitor';
import type { ExtractedSheet } from './extract-sheet.js';
import type { RomType } from './load-rom.js';
import { LruCache } from './lru-cache.js';
import { makeThumbnail, type Thumbnail } from './thumbnail.js';

/** Thumbnails that are kept: a gallery's worth and a batch more, fewer than a ROM has sheets. */
export const THUMBNAIL_CAPACITY = 32;

/** Gives thumbnails, made only once as long as they are in use; hits and misses are recorded. */
export class Thumbnails {
  readonly #cache = new LruCache<Thumbnail>(THUMBNAIL_CAPACITY);
  readonly #monitor: Monitor;
  readonly #romType: RomType;

  constructor(monitor: Monitor, romType: RomType) {
    this.#monitor = monitor;
    this.#romType = romType;
  }

  of(sheet: ExtractedSheet): Thumbnail {
    // The checksum is part of the key: a file that was changed on disk gives new thumbnails.
    const key = `${sheet.name} ${sheet.checksum}`;
    const recorded = this.#monitor.cache('thumbnails');
    const kept = this.#cache.get(key);
    if (kept !== undefined) {
      recorded.hit();
      return kept;
    }
    recorded.miss();
    const options = { dimensions: { rom_type: this.#romType }, details: { sheet: sheet.name } };
    const thumbnail = this.#monitor.operation('thumbnail_generation', options, () => makeThumbnail(sheet));
    this.#cache.set(key, thumbnail);
    return thumbnail;
  }
}
