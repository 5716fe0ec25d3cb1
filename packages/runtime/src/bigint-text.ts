/** Writing a number out takes more than linear time: those of more bits are told as large. */
const MAX_BITS = 256;

/** A bigint as text, in bounded time. */
export function bigintText(value: bigint): string {
  return BigInt.asIntN(MAX_BITS, value) === value ? value.toString() : '[a very large bigint]';
}
