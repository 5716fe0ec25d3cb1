/** Country codes of one and two digits (ITU-T E.164); the others have three. */
const SHORT = new Set([
  1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61,
  62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
]);
/** The tens of codes with three digits: 21x, 35x … */
const LONG_TENS = new Set([21, 22, 23, 24, 25, 26, 29, 35, 37, 38, 42, 50, 59, 67, 68, 69, 80, 85, 87, 88, 96, 97, 99]);
/** North America and its neighbours, Russia and Kazakhstan: ten digits after the code. */
const OF_ELEVEN = new Set([1, 7]);

/**
 * True when so many digits may be an international number that begins with these three.
 *
 * @param least fewest digits, country code included
 */
export function isInternational(first: number, second: number, digits: number, least: number): boolean {
  if (OF_ELEVEN.has(first)) return digits === 11;
  const two = first * 10 + second;
  return digits >= least && digits <= 15 && (SHORT.has(two) || LONG_TENS.has(two));
}
