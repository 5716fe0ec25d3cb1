import type { Series } from '@otel-monitor/bound-metrics';
import type { BoundStore } from './group-families.js';
import { type Label, type LabelSet, labelSet, labelsOf } from './label-set.js';

/** The labels of one series, and how many bytes their text has. */
export interface SeriesLabels extends LabelSet {
  readonly bytes: number;
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
    labels = pointLabels(series.attributes, ofScope, reserved);
    known.set(series, labels);
  }
  return labels;
}

/** The labels of a data point. Throws when its attributes cannot be read. */
export function pointLabels(
  attributes: unknown,
  ofScope: readonly Label[],
  reserved: string | undefined,
): SeriesLabels {
  const labels = labelSet(labelsOf(attributes), ofScope, reserved);
  return { ...labels, bytes: Buffer.byteLength(labels.text) };
}

/** The record, its entry in the map, the head of the string; measured on Node 20. */
const RECORD_BYTES = 150;

/** About what is remembered of a store's labels, in bytes. */
export function labelMemoryBytes(store: BoundStore): number {
  let bytes = 0;
  for (const { all } of store.scopes) {
    for (const instrument of all) {
      for (const series of instrument.all) {
        const labels = known.get(series);
        if (labels !== undefined) bytes += RECORD_BYTES + labels.text.length;
      }
    }
  }
  return bytes;
}
