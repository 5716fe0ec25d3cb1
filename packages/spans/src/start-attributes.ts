import type { Attributes } from '@opentelemetry/api';
import { type BoundedAttributes, boundAttributes } from './bounded-attributes.js';

/** The attributes that a span starts with, held to the limits once for all spans of its kind. Never written. */
export class StartAttributes implements BoundedAttributes {
  readonly attributes: Attributes;
  readonly count: number;
  readonly dropped: number;
  /** What an encoder made of them, kept by it. */
  encoded: Uint8Array | undefined;

  /** @param isShared whether other spans start with them too, so that it pays to keep what was made of them */
  constructor(
    given: Attributes,
    countLimit: number,
    lengthLimit: number,
    readonly isShared: boolean,
  ) {
    const { attributes, count, dropped } = boundAttributes(given, countLimit, lengthLimit);
    this.attributes = attributes;
    this.count = count;
    this.dropped = dropped;
  }
}
