import type { PrimaryLink } from '../channels/links.js';
import type { ToldGaps, ToldPart } from '../wire/message.js';

/** Then it is waited until they were read: whoever asks many at once is given no more than it can read in a turn. */
const PARTS_AT_ONCE = 2;

/** One answer to the question what is kept, told a few parts at a time. */
export class PacedTelling {
  #told = 0;
  #isOver = false;
  #goOn: (() => void) | undefined;

  constructor(
    private readonly link: PrimaryLink,
    readonly epoch: string,
    readonly round: number,
  ) {}

  /** Tells a part; resolves when another one may be told, or when nobody wants it any more: false. */
  async tell(part: ToldPart): Promise<boolean> {
    if (this.#isOver) return false;
    this.#told += 1;
    const waits = this.#told % PARTS_AT_ONCE === 0;
    const { epoch, round } = this;
    const goesOn = waits
      ? new Promise<void>((resolve) => {
          this.#goOn = resolve;
        })
      : undefined;
    this.link.send({ kind: 'kept', epoch, round, waits, ...part });
    await goesOn;
    return !this.#isOver;
  }

  more(): void {
    this.#goOn?.();
    this.#goOn = undefined;
  }

  /** All was told. */
  told(gaps: ToldGaps): void {
    if (!this.#isOver) this.link.send({ kind: 'told', epoch: this.epoch, round: this.round, ...gaps });
  }

  /** Nobody waits for the rest. */
  end(): void {
    this.#isOver = true;
    this.more();
  }
}
