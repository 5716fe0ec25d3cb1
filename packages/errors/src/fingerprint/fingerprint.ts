import { nodeCrypto } from '@otel-monitor/runtime';
import type { DescribedError } from '../description/described-error.js';

/** What the errors of one group have in common. */
export interface Fingerprint {
  /** The group's id: 16 hexadecimal digits, the same in every process and release. */
  readonly groupId: string;
  /** The message without what differs from error to error. */
  readonly title: string;
  /** Where it happened; undefined when no frame is the application's. */
  readonly culprit: string | undefined;
}

/** The fingerprint of an error. Total on any description. */
export function fingerprintOf(error: DescribedError): Fingerprint {
  const title = error.message.replace(/\d+/g, '<number>');
  const hash = nodeCrypto().createHash('sha256');
  hash.update(`${error.errorType}\0${error.code ?? ''}\0${title}\0${error.frames?.signature ?? ''}`);
  return { groupId: hash.digest('hex').slice(0, 16), title, culprit: error.frames?.culprit };
}
