/** A sampled share may differ from what was asked by this many standard deviations. */
const SAMPLING_DEVIATIONS = 6;

/**
 * The spans that a run should export, but for chance.
 * @param {{ blocks: number, blockSize: number, ratio: number, callsPerRoot?: number }} run
 */
export function expectedSpans({ blocks, blockSize, ratio, callsPerRoot }) {
  const calls = blocks * blockSize;
  return (calls + (callsPerRoot === undefined ? 0 : calls / callsPerRoot)) * ratio;
}

/**
 * Whether as many spans have arrived as were expected; where they are sampled, give or take what chance may do.
 * @param {number} spans
 * @param {number} expected
 * @param {number} ratio
 */
export function hasArrived(spans, expected, ratio) {
  return Math.abs(spans - expected) <= SAMPLING_DEVIATIONS * Math.sqrt(expected * (1 - ratio));
}
