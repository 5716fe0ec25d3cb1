import { cleanText, runtimeState } from '@otel-monitor/runtime';

/** What is longer is cleaned each time. */
const MAX_KEPT_LENGTH = 256;
const MAX_KEPT = 1000;

/**
 * Cleans text that comes again and again, as paths and user agents do, and keeps what it made of it. When it is full it
 * forgets everything: what comes often is there again soon. Total on any text.
 */
export class KeptText {
  readonly #made = new Map<string, string>();
  #redactor = runtimeState.redactor;

  /** @param clean default: secrets are taken out, and what is too long is cut */
  constructor(private readonly clean: (text: string) => string = cleanText) {}

  get(text: string): string {
    if (this.#redactor !== runtimeState.redactor) this.#forget();
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const made = this.clean(text);
    if (text.length > MAX_KEPT_LENGTH) return made;
    if (this.#made.size >= MAX_KEPT) this.#made.clear();
    this.#made.set(text, made);
    return made;
  }

  #forget(): void {
    this.#redactor = runtimeState.redactor;
    this.#made.clear();
  }
}
