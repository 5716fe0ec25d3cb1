import { randomNonZeroWord, randomWord, wordHex } from '@otel-monitor/runtime';

/** A new `monitor.error.id`: 128 random bits as 32 hexadecimal digits. It wants to be distinct, not secret. */
export function newErrorId(): string {
  return wordHex(randomNonZeroWord()) + wordHex(randomWord()) + wordHex(randomWord()) + wordHex(randomWord());
}
