import { printable } from '../text/printable.js';

/** Most items or keys that are read of one list or object. */
const MOST = 1000;
/** Most characters that are read of a text of several lines. */
const MOST_TEXT = 100_000;

/**
 * A value that came over the wire: whatever it is, it is read as what is asked for, cleaned for a terminal, or not at all.
 */
export class WireValue {
  constructor(private readonly value: unknown) {}

  get(key: string): WireValue {
    const { value } = this;
    const has = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return new WireValue(has ? (value as Record<string, unknown>)[key] : undefined);
  }

  /** One line without control characters; empty when it is no text. */
  get text(): string {
    return typeof this.value === 'string' ? printable(this.value) : '';
  }

  /** Text of several lines, each without control characters. */
  get lines(): string[] {
    return typeof this.value === 'string'
      ? this.value
          .slice(0, MOST_TEXT)
          .split('\n', MOST)
          .map((line) => printable(line))
      : [];
  }

  get number(): number | undefined {
    return typeof this.value === 'number' && Number.isFinite(this.value) ? this.value : undefined;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  get list(): WireValue[] {
    return Array.isArray(this.value) ? this.value.slice(0, MOST).map((item) => new WireValue(item)) : [];
  }

  /** Keys, cleaned as texts are, with their values. */
  get entries(): [string, WireValue][] {
    if (!this.isObject) return [];
    const all = Object.entries(this.value as object).slice(0, MOST);
    return all.map(([key, value]) => [printable(key), new WireValue(value)]);
  }

  /** How a number is shown; a dash when there is none. */
  shown(as: (value: number) => string): string {
    const { number } = this;
    return number === undefined ? '-' : as(number);
  }
}
