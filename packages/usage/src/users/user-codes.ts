import type crypto from 'node:crypto';
import { copied, hexWord, nodeCrypto, processUserHashKey, runtimeState } from '@otel-monitor/runtime';
import { userCode } from '../sketch/user-code.js';

/** Ids kept in each of two halves. */
const MAX_KEPT = 2048;
/** A longer id is hashed anew each time, so that what is kept stays small. */
const MAX_KEPT_LENGTH = 256;
const KEY_ID_DIGITS = 8;

/**
 * Users' ids become codes by a keyed hash. The latest ids are kept with their codes: a hash takes a hundred times as long as
 * looking one up. The key is asked for at each call, since whoever keeps it on disk reads it after the start.
 */
export class UserCodes {
  #configured: string | undefined;
  #prefix = '';
  #keyId = '';
  #ownKeyId: string | undefined;
  /** The later half takes what comes and what is met again; when it is full, it becomes the earlier one. */
  #later = new Map<string, number>();
  #earlier = new Map<string, number>();

  /** @param replaced told when a key takes the place of the process's own, with the names of both */
  constructor(private readonly replaced: (keyId: string, byKeyId: string) => void) {}

  /** Whether the key is one of this process alone. */
  get isProcessKey(): boolean {
    return runtimeState.userHashKey === undefined;
  }

  /** The name of this process's own key, once it was used: nobody else can ever unite what was hashed with it. */
  get ownKeyId(): string | undefined {
    return this.#ownKeyId;
  }

  /** Tells keys apart and tells nothing of the key: codes of two keys must not meet in one sketch. */
  get keyId(): string {
    this.#takeKeyIfOther();
    return this.#keyId;
  }

  /** Looks whether there is another key by now, where one has been used at all. */
  settle(): void {
    if (this.#keyId !== '') this.#takeKeyIfOther();
  }

  /** The code under the key of `keyId`, which has to be asked for first. */
  of(id: string): number {
    const known = this.#later.get(id);
    if (known !== undefined) return known;
    const code = this.#earlier.get(id) ?? this.#hashed(id);
    if (id.length <= MAX_KEPT_LENGTH) this.#keep(id, code);
    return code;
  }

  /** A cut of 26 bits: nothing can be appended to what is hashed, so that the key may simply stand before it. */
  #hashed(id: string): number {
    const hex = nodeCrypto().hash('sha256', this.#prefix + id, 'hex');
    return userCode(hexWord(hex, 0), hexWord(hex, 8));
  }

  #keep(id: string, code: number): void {
    if (this.#later.size >= MAX_KEPT) {
      this.#earlier = this.#later;
      this.#later = new Map();
    }
    // a copy: an id cut out of a large text would keep all of the text
    this.#later.set(copied(id), code);
  }

  #takeKeyIfOther(): void {
    if (this.#keyId !== '' && this.#configured === runtimeState.userHashKey) return;
    const before = this.#configured === undefined ? this.#keyId : '';
    this.#takeKey();
    if (before !== '') this.replaced(before, this.#keyId);
  }

  #takeKey(): void {
    this.#configured = runtimeState.userHashKey;
    const key: crypto.BinaryLike = this.#configured ?? processUserHashKey();
    const derived = (purpose: string): string => nodeCrypto().createHmac('sha256', key).update(purpose).digest('hex');
    // another key for another purpose: the hash on spans cannot be looked up in a sketch
    this.#prefix = derived('otel-monitor users of a day');
    this.#keyId = derived('otel-monitor name of the key').slice(0, KEY_ID_DIGITS);
    if (this.isProcessKey) this.#ownKeyId = this.#keyId;
    this.#later = new Map();
    this.#earlier = new Map();
  }
}
