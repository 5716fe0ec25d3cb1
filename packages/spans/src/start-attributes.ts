import type { Attributes } from '@opentelemetry/api';
import { type BoundedAttributes, boundAttributes } from './bounded-attributes.js';

/** The attributes that spans of one kind start with, held to the limits once and shared by them all. */
export class StartAttributes implements BoundedAttributes {
  readonly attributes: Attributes;
  readonly count: number;
  readonly dropped: number;
  /** What an encoder made of them, kept by it. */
  encoded: Uint8Array | undefined;

  constructor(given: Attributes, countLimit: number, lengthLimit: number) {
    const { attributes, count, dropped } = boundAttributes(given, countLimit, lengthLimit);
    this.attributes = Object.freeze(attributes);
    this.count = count;
    this.dropped = dropped;
  }
}
