import { type Attributes, SpanKind } from '@opentelemetry/api';
import { RequestOutcome } from '../request-outcome.js';
import type { ServerInstruments } from './server-instruments.js';

/** Most outcomes of one route that are kept: statuses, times the error types of those that failed otherwise. */
const MAX_OUTCOMES = 200;

/** Requests of one method with one route template, or with none, by how they ended. */
export class ServerRoute {
  readonly #byStatus = new Map<number | undefined, RequestOutcome>();
  readonly #failed = new Map<string, RequestOutcome>();

  constructor(
    private readonly name: string,
    private readonly attributes: Attributes,
    private readonly isKept: boolean,
    private readonly instruments: ServerInstruments,
  ) {}

  /**
   * The outcome of a request.
   *
   * @param status what was sent; undefined: nothing was
   * @param failure error type of a failure that is not told by the status; undefined: a status from 500 on is its own
   */
  outcome(status: number | undefined, failure: string | undefined): RequestOutcome {
    return failure === undefined ? this.#ofStatus(status) : this.#ofFailure(status, failure);
  }

  #ofStatus(status: number | undefined): RequestOutcome {
    const known = this.#byStatus.get(status);
    if (known !== undefined) return known;
    const errorType = status !== undefined && status >= 500 ? String(status) : undefined;
    const made = this.#make(status, errorType);
    if (this.#hasRoom()) this.#byStatus.set(status, made);
    return made;
  }

  #ofFailure(status: number | undefined, failure: string): RequestOutcome {
    const key = `${status} ${failure}`;
    const known = this.#failed.get(key);
    if (known !== undefined) return known;
    const made = this.#make(status, failure);
    if (this.#hasRoom()) this.#failed.set(key, made);
    return made;
  }

  #make(status: number | undefined, errorType: string | undefined): RequestOutcome {
    const isKept = this.isKept && this.#hasRoom();
    return new RequestOutcome(this.name, SpanKind.SERVER, this.attributes, status, errorType, isKept, this.instruments);
  }

  #hasRoom(): boolean {
    return this.isKept && this.#byStatus.size + this.#failed.size < MAX_OUTCOMES;
  }
}
