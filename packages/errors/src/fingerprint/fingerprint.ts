import { cleanText } from '@otel-monitor/runtime';
import type { DescribedError } from '../description/described-error.js';
import { causesKey, hasTellingCause } from './causes-key.js';
import { chosenFingerprint } from './chosen-fingerprint.js';
import { faultKey } from './fault-key.js';
import type { KnownFrames } from './known-frames.js';
import { messageTitle } from './message-template.js';
import { groupedWithoutMaps, isWaiting } from './regrouping.js';
import { textHash } from './text-hash.js';

/** What the errors of one group have in common. */
export interface Fingerprint {
  /** The group's id: 16 hexadecimal digits, the same in every process and release. */
  readonly groupId: string;
  /** The type, and the message without what differs from error to error; at most 200 characters. */
  readonly title: string;
  /** Where it happened, as `function (module)`; undefined when no frame is the application's. */
  readonly culprit: string | undefined;
}

/** What is known of an error besides its description. */
export interface FingerprintContext {
  readonly operationName?: string | undefined;
  /** What the call gave as the fingerprint (`fingerprint` of ErrorOptions). */
  readonly given?: unknown;
  /** The error itself, for the hook. */
  readonly thrown?: unknown;
}

/** Changes only with what the ids mean: groups that are kept would begin anew. */
const SCHEME = '1';
const MAX_TITLE = 200;
const MAX_MESSAGES = 64;
const MAX_WITHOUT_FRAMES = 1000;
const NO_CONTEXT: FingerprintContext = {};

/** Fingerprints of one stack trace; the last one stands by itself, since most of the time it is the same again. */
interface Made {
  message: string;
  exceptionType: string;
  code: string | undefined;
  /** Of causes and operation. */
  rest: string;
  last: Fingerprint | undefined;
  readonly byFault: Map<string, Fingerprint>;
  /** The frames' signature that all this was made of. */
  readonly signature: string;
  readonly culprit: string | undefined;
}

const made = new WeakMap<KnownFrames, Made>();
const withoutFrames: Made = newMade();

/**
 * The fingerprint of an error: its type, its code, its message without what varies, the application's functions that were
 * on the stack, and the same of what caused it; where no frame tells anything, the operation instead. Total on any
 * description.
 */
export function fingerprintOf(error: DescribedError, context: FingerprintContext = NO_CONTEXT): Fingerprint {
  const fingerprint = ownFingerprint(error, context.operationName);
  const chosen = chosenFingerprint(error, context);
  if (chosen === undefined) return fingerprint;
  return { ...fingerprint, groupId: textHash(`${SCHEME}\0chosen\0${chosen}`) };
}

function ownFingerprint(error: DescribedError, operationName: string | undefined): Fingerprint {
  const { frames, message, exceptionType, code } = error;
  // who waited is told by some versions of V8 and not by others: a cause that was on the stack tells more
  const isWeak = frames?.isAsyncOnly === true && error.causes.length > 0 && hasTellingCause(error.causes);
  const hasFrames = frames !== undefined && frames.signature !== '' && !isWeak;
  const known = hasFrames ? madeFor(frames) : withoutFrames;
  const operation = hasFrames || isWeak ? '' : (operationName ?? '');
  const rest = error.causes.length === 0 ? operation : `${operation}\0${causesKey(error.causes)}`;
  const isSame =
    known.message === message && known.exceptionType === exceptionType && known.code === code && known.rest === rest;
  if (isSame && known.last !== undefined) return known.last;
  const key = `${faultKey(error)}\0${rest}`;
  let fingerprint = known.byFault.get(key);
  if (fingerprint === undefined) {
    fingerprint = {
      groupId: textHash(`${SCHEME}\0${key}\0${hasFrames ? frames.signature : ''}`),
      title: titleOf(exceptionType, messageTitle(message)),
      culprit: frames?.culprit,
    };
    if (known.byFault.size >= (hasFrames ? MAX_MESSAGES : MAX_WITHOUT_FRAMES)) known.byFault.clear();
    known.byFault.set(key, fingerprint);
    if (isWaiting(error)) {
      groupedWithoutMaps(fingerprint.groupId, error, () => ownFingerprint(error, operationName).groupId);
    }
  }
  known.message = message;
  known.exceptionType = exceptionType;
  known.code = code;
  known.rest = rest;
  known.last = fingerprint;
  return fingerprint;
}

function titleOf(exceptionType: string, message: string): string {
  const title = message === '' ? exceptionType : `${exceptionType}: ${message}`;
  const clean = cleanText(title, MAX_TITLE);
  return title.length > MAX_TITLE ? `${clean.slice(0, MAX_TITLE - 1)}…` : clean;
}

function madeFor(frames: KnownFrames): Made {
  let known = made.get(frames);
  // a source map came since
  if (known === undefined || known.signature !== frames.signature || known.culprit !== frames.culprit) {
    known = newMade(frames.signature, frames.culprit);
    made.set(frames, known);
  }
  return known;
}

function newMade(signature = '', culprit?: string): Made {
  return {
    message: '',
    exceptionType: '',
    code: undefined,
    rest: '',
    last: undefined,
    byFault: new Map(),
    signature,
    culprit,
  };
}
