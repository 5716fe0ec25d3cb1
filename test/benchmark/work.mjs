/** What is recorded, the same by all: one operation with a dimension and a detail. */
export const NAME = 'sprite_extraction';
/** What encloses the operations where they are measured a hundred in a trace. */
export const ROOT_NAME = 'batch';
export const ROM_TYPE = 'sfc';
export const SCOPE = { name: 'benchmark', version: '1.0.0' };

/** The work itself: next to nothing, so that what is measured is the recording. */
export function work(i) {
  return i + 1;
}
