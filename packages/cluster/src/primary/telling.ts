import type { ToldGaps, ToldPart } from '../wire/message.js';
import type { KnownWorker } from './known-worker.js';

/** `whole`: all was told. `gone`: it is there no more. `missing`: it has said nothing for too long, or too much. */
export type TellingEnd = 'whole' | 'gone' | 'missing';

/** What one worker tells of what it keeps, while it comes. */
export class Telling {
  readonly parts: ToldPart[] = [];
  /** Characters of the parts that are held. */
  characters = 0;
  isOver = false;
  /** What is not in it, once it is whole. */
  gaps: ToldGaps = { missing: [], leftOut: 0 };
  /** Resolves when nothing more is waited for. */
  readonly over: Promise<TellingEnd>;
  #end!: (how: TellingEnd) => void;
  #timer: NodeJS.Timeout | undefined;
  /** Parts that had come when the wait began. */
  #heard = 0;

  /** @param silentMillis from its last word until it is waited for no more */
  constructor(
    readonly worker: KnownWorker,
    private readonly silentMillis: number,
  ) {
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#wait();
  }

  take(part: ToldPart): void {
    if (this.isOver) return;
    this.parts.push(part);
    this.characters += part.entries.length;
    this.#wait();
  }

  told(gaps: ToldGaps): void {
    this.gaps = gaps;
    this.end('whole');
  }

  end(how: TellingEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#timer);
    if (how !== 'whole') this.forget();
    this.#end(how);
  }

  /** Lets go of what was told. */
  forget(): void {
    this.parts.length = 0;
    this.characters = 0;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    // should this process have stood still itself, what has come meanwhile is read before
    this.#timer = setTimeout(() => setImmediate(() => this.#stillSilent()), this.silentMillis).unref();
    this.#heard = this.parts.length;
  }

  #stillSilent(): void {
    if (this.parts.length === this.#heard) this.end('missing');
  }
}
