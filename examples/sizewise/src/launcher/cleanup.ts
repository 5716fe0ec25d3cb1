/** Something that has to be ended. */
export interface Ending {
  end(): Promise<void>;
  /** Ends it at once, where nothing can be waited for any more. */
  kill?(): void;
}

/** What the launcher has started, ended in the opposite order: who asks others goes before them. */
export class Cleanup {
  readonly #endings: Ending[] = [];

  add(ending: Ending): void {
    this.#endings.push(ending);
  }

  /** Ends everything, one after another; what fails to end is killed, and does not keep the others. */
  async run(): Promise<void> {
    for (let ending = this.#endings.pop(); ending !== undefined; ending = this.#endings.pop()) {
      try {
        await ending.end();
      } catch {
        ending.kill?.();
      }
    }
  }

  killAll(): void {
    for (const ending of this.#endings.splice(0)) ending.kill?.();
  }
}
