const FEWEST_DIGITS = 7;
/** ITU-T E.164. */
const MOST_DIGITS = 15;

/** True for 7 to 15 digits with nothing among them but `+ ( ) - . /` and spaces. */
export function isPhoneLike(codes: Uint16Array | string, start: number, end: number): boolean {
  let digits = 0;
  for (let at = start; at < end; at += 1) {
    const code = typeof codes === 'string' ? codes.charCodeAt(at) : (codes[at] as number);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code !== 32 && (code < 40 || code > 47 || code === 42 || code === 44)) return false;
  }
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}
