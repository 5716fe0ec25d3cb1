/** What is recorded, the same by hand and by the monitor: one operation with a dimension and a detail. */
export const NAME = 'sprite_extraction';
export const ROM_TYPE = 'sfc';
export const SCOPE = { name: 'benchmark', version: '1.0.0' };

/** The work itself: next to nothing, so that what is measured is the recording. */
export function work(i) {
  return i + 1;
}
