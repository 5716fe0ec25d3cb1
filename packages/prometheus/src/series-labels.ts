import type { Series } from '@otel-monitor/bound-metrics';
import type { BoundStore } from './group-families.js';
import { hashOf } from './identity-set.js';
import { type Label, labelSet, labelsOf } from './label-set.js';
import { sampleValue } from './number-text.js';

/** The labels of one series as they are written, and what else is dear to work out anew. */
export class SeriesLabels {
  /** `a="1",b="2"`, escaped, sorted by name. */
  readonly text: string;
  /** Bytes of the text in UTF-8. */
  readonly bytes: number;
  /** Equal for what Prometheus takes for one series. */
  readonly identity: string;
  readonly hash: number;
  /** Keys became one name, or a reserved name was changed. */
  readonly conflict: boolean;
  #sum = 0;
  #sumText = '0';

  /** Throws when an attribute cannot be read. `reserved` is a label that the family itself has. */
  constructor(attributes: unknown, ofScope: readonly Label[], reserved: string | undefined) {
    const { text, identity, conflict } = labelSet(labelsOf(attributes), ofScope, reserved);
    this.text = text;
    this.bytes = Buffer.byteLength(text);
    this.identity = identity;
    this.hash = hashOf(identity);
    this.conflict = conflict;
  }

  /** The text of the sum of a histogram: most have not changed since the last page, and fractions are slow to write. */
  sumText(sum: number): string {
    if (sum !== this.#sum) {
      this.#sum = sum;
      this.#sumText = sampleValue(sum);
    }
    return this.#sumText;
  }
}

/** Puts labels as they stand between the braces, and gives the place behind them. */
export function putLabels(target: Buffer, at: number, { text, bytes }: SeriesLabels): number {
  // for characters of one byte each there is a faster way
  return at + target.write(text, at, bytes === text.length ? 'latin1' : 'utf8');
}

/**
 * Labels of bound series, worked out and escaped once: their attributes are frozen and their scope does not change. They
 * go with their series. Data points of others are not remembered: their attributes may be changed at any time.
 */
const known = new WeakMap<Series, SeriesLabels>();

/** The labels of a bound series; `reserved` is the same at every call for it. */
export function boundLabels(series: Series, ofScope: readonly Label[], reserved: string | undefined): SeriesLabels {
  let labels = known.get(series);
  if (labels === undefined) {
    labels = new SeriesLabels(series.attributes, ofScope, reserved);
    known.set(series, labels);
  }
  return labels;
}

/** The record, its entry in the map, the heads of its strings. */
const RECORD_BYTES = 200;

/** About what is remembered of a store's labels, in bytes. */
export function labelMemoryBytes(store: BoundStore): number {
  let bytes = 0;
  for (const { all } of store.scopes) {
    for (const instrument of all) {
      for (const series of instrument.all) {
        const labels = known.get(series);
        if (labels !== undefined) bytes += RECORD_BYTES + labels.bytes;
      }
    }
  }
  return bytes;
}
