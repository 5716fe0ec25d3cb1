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
  /** How often a user was left out of a day, since the key of the hash had changed for the fourth time in it. */
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
