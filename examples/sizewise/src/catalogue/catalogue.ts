import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Monitor } from '@otel-monitor/monitor';
import { ServiceError } from '../service/service-error.js';
import { ExpiringCache } from './expiring-cache.js';

/** What the catalogue has, each a file of its folder. */
export const SECTIONS = ['materials', 'ducts', 'fittings'] as const;
export type Section = (typeof SECTIONS)[number];

/** The code of an item that is not in the catalogue: `unknown_material`. */
const UNKNOWN: Record<Section, string> = {
  materials: 'unknown_material',
  ducts: 'unknown_shape',
  fittings: 'unknown_fitting',
};

const MOST_ITEMS = 100;
/** An edited file shows after this long. */
const LIFE_MILLIS = 5_000;

/** Materials, standard sizes of ducts and fittings, read from files and kept for a while; hits and misses are counted. */
export class Catalogue {
  readonly #items: ExpiringCache<unknown>;

  constructor(
    private readonly monitor: Monitor,
    readonly folder: string,
    items: ExpiringCache<unknown> = new ExpiringCache(MOST_ITEMS, LIFE_MILLIS),
  ) {
    this.#items = items;
  }

  /** @throws ServiceError with 404 for an item that is not there */
  async find(section: Section, name: string): Promise<unknown> {
    const cache = this.monitor.cache('catalogue');
    const key = `${section}/${name}`;
    const kept = this.#items.get(key);
    if (kept !== undefined) {
      cache.hit();
      return kept;
    }
    cache.miss();
    const options = { dimensions: { section }, details: { item: name } };
    const items = await this.monitor.operation('catalogue_reading', options, () => this.#read(section));
    const item = Object.hasOwn(items, name) ? items[name] : undefined;
    // what is not there is not kept: whoever asks for ever new names would push everything else out
    if (item === undefined) throw new ServiceError(UNKNOWN[section], `${name} is not in the catalogue`, 404);
    this.#items.set(key, item);
    return item;
  }

  async #read(section: Section): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(this.folder, `${section}.json`), 'utf8'));
  }
}
