import { INVALID_SPANID, INVALID_TRACEID } from '@opentelemetry/api';

/** 1 for the codes of lower-case hexadecimal digits. */
const IS_LOWER_HEX = Uint8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** Whether all of `text` from `start` to `end` is lower-case hexadecimal; false where the text is shorter. */
export function isLowerHex(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (IS_LOWER_HEX[text.charCodeAt(index)] !== 1) return false;
  return true;
}

/** Whether it is an id of so many digits, in lower case and not all zeros, which would say that there is none. */
export function isLowerHexId(text: string, length: number): boolean {
  return text.length === length && isLowerHex(text, 0, length) && text !== INVALID_TRACEID && text !== INVALID_SPANID;
}
