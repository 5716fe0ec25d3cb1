import { UserSketches } from '../users/user-sketches.js';
import { ActionTally } from './action-tally.js';
import { type ActionValue, actionValues, readActions } from './action-values.js';
import type { Subject } from './subject.js';

/** Actions of one feature and day that are told apart. */
export const MAX_ACTIONS = 20;
/** Where further ones are counted. */
export const OTHER_ACTION = '_OTHER';
/** The one action of what has none: a release, the service. */
export const NO_ACTION = '';
/** Measured, as are the others: objects, maps and arrays around the numbers. */
const BYTES = 440;
const PACKED_BYTES = 290;

/** How often something was used, and how often that failed. */
export interface Uses {
  readonly uses: number;
  readonly failures: number;
}

/** What happened on one day: of a feature, of a release, or of the service. */
export class DayCell {
  readonly users = new UserSketches();
  /** How many users there were, where the sketch was given up for want of room. */
  forgottenUsers = 0;
  /** Whether numbers have changed since they were last written. */
  hasUnwrittenNumbers = false;
  /** Whether users have come since they were last written. */
  hasUnwrittenUsers = false;
  /** Whether it may be on disk. */
  isWritten = false;
  /** It has left the book: whoever holds it has to ask for another. */
  isGone = false;
  /** As text when it is packed. */
  #actions: Map<string, ActionTally> | string = new Map();
  /** Of all actions, when it is packed: asked for most often. */
  #packedUses: Uses = { uses: 0, failures: 0 };

  constructor(
    readonly subject: Subject,
    readonly day: number,
  ) {}

  /** Bytes that it holds, about. */
  get bytes(): number {
    if (typeof this.#actions === 'string') return PACKED_BYTES + this.#actions.length + this.users.bytes;
    let sum = BYTES + this.users.bytes;
    for (const tally of this.#actions.values()) sum += tally.bytes;
    return sum;
  }

  /** To be read only: of a packed day it is a copy. */
  get actions(): ReadonlyMap<string, ActionTally> {
    return typeof this.#actions === 'string' ? unpacked(this.#actions) : this.#actions;
  }

  /** Holds it as text until it changes: a day that is over takes half the room so. */
  pack(): void {
    this.users.pack();
    if (typeof this.#actions === 'string') return;
    this.#packedUses = this.uses();
    this.#actions = JSON.stringify(actionValues(this.#actions));
  }

  /** Of all actions. */
  uses(): Uses {
    if (typeof this.#actions === 'string') return this.#packedUses;
    let uses = 0;
    let failures = 0;
    for (const tally of this.#actions.values()) {
      uses += tally.uses;
      failures += tally.failures;
    }
    return { uses, failures };
  }

  /** The actions as JSON can hold them. */
  actionValues(): ActionValue[] {
    return typeof this.#actions === 'string' ? JSON.parse(this.#actions) : actionValues(this.#actions);
  }

  /** The tally of an action, a new one where there is none; beyond the bound the one of `_OTHER`. */
  tally(action: string, max: number = MAX_ACTIONS): ActionTally {
    if (typeof this.#actions === 'string') this.#actions = unpacked(this.#actions);
    const known = this.#actions.get(action);
    if (known !== undefined) return known;
    if (this.#actions.size >= max && action !== OTHER_ACTION) return this.tally(OTHER_ACTION);
    const tally = new ActionTally();
    this.#actions.set(action, tally);
    return tally;
  }

  /** All actions together. */
  total(): ActionTally {
    const total = new ActionTally();
    for (const tally of this.actions.values()) total.merge(tally);
    return total;
  }

  userCount(): number {
    return Math.round(Math.max(this.users.estimate(), this.forgottenUsers));
  }
}

function unpacked(text: string): Map<string, ActionTally> {
  return readActions(JSON.parse(text) as ActionValue[]) ?? new Map();
}
