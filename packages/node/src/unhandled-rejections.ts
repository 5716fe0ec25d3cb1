/** The part of `process` that is used here. */
export type RejectingProcess = Pick<NodeJS.Process, 'emit' | 'listenerCount' | 'nextTick'>;

const EVENT = 'unhandledRejection';

type Emit = (this: unknown, event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Looks on as Node tells the program of rejections that nobody handles. A listener would be a handler: the process would
 * not end of them any more, and the program would lose the warning. So it is `process.emit` that is watched, of this one
 * event. Each rejection is told once: one that Node makes an uncaught error of is told as that.
 */
export class UnhandledRejections {
  readonly #undo: () => void;
  #isStopped = false;
  #waiting: { readonly reason: unknown } | undefined;
  #wasThrown = false;

  /**
   * @param tell takes the reason of a rejection that the process goes on after. Must not throw
   * @param target the process, or what stands in its place in a test
   */
  constructor(
    private readonly tell: (reason: unknown) => void,
    private readonly target: RejectingProcess = process,
  ) {
    const isOwn = Object.hasOwn(target, 'emit');
    const original = target.emit as Emit;
    const rejected = (reason: unknown) => this.#rejected(reason);
    const watched = function emit(this: unknown, ...args: Parameters<Emit>): boolean {
      if (args[0] === EVENT) rejected(args[1]);
      return Reflect.apply(original, this, args);
    } as RejectingProcess['emit'];
    target.emit = watched;
    this.#undo = () => {
      // somebody else's may stand over it by now, which calls it
      if (target.emit !== watched) return;
      if (isOwn) target.emit = original as RejectingProcess['emit'];
      else Reflect.deleteProperty(target, 'emit');
    };
  }

  /** A rejection is about to be an uncaught error (origin `unhandledRejection`), and is told as that. */
  thrown(): void {
    // Node tells of it before it throws; with `--unhandled-rejections=strict` after that, if the process is still there
    if (this.#waiting === undefined) this.#wasThrown = true;
    this.#waiting = undefined;
  }

  /** Tells what has not become an uncaught error, now that it will not any more. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.tell(waiting.reason);
  }

  /** Looks on no longer. */
  stop(): void {
    this.settle();
    this.#isStopped = true;
    this.#undo();
  }

  #rejected(reason: unknown): void {
    if (this.#isStopped) return;
    this.settle();
    const wasThrown = this.#wasThrown;
    this.#wasThrown = false;
    // what was thrown for a reason that is no error is another object, told already
    if (wasThrown && !isThrownAsItIs(reason)) return;
    if (this.target.listenerCount(EVENT) > 0) {
      // the program decides, and may end the process
      this.tell(reason);
      return;
    }
    this.#waiting = { reason };
    this.target.nextTick(() => this.settle());
  }
}

/** Whether Node makes an uncaught error of the reason itself, and not of an error of its own that names it. */
function isThrownAsItIs(reason: unknown): boolean {
  try {
    return typeof reason === 'object' && reason !== null && Object.hasOwn(reason, 'stack');
  } catch {
    return false;
  }
}
