/** What the bounds of the book made leave since the process started. */
export interface DroppedUsage {
  /** Features that left for newer ones, with all their days. */
  features: number;
  /** Releases that left for newer ones. */
  releases: number;
  /** Uses of actions beyond the twentieth of a feature and day, counted under `_OTHER`. */
  otherActions: number;
  /** Sketches that were made coarser for want of room. */
  coarserSketches: number;
  /** Sketches of which only the number of users is left. */
  forgottenSketches: number;
  /** Days of a feature or release that left for want of room. */
  days: number;
  /** Users whose id came under a key that could not be kept, or before the key was known and did not fit. */
  users: number;
}

export function nothingDropped(): DroppedUsage {
  return {
    features: 0,
    releases: 0,
    otherActions: 0,
    coarserSketches: 0,
    forgottenSketches: 0,
    days: 0,
    users: 0,
  };
}
