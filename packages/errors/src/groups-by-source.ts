import { onRegrouped } from './fingerprint/regrouping.js';
import { sourceMaps } from './fingerprint/source-maps/source-maps.js';
import { errorGroups } from './groups/error-groups.js';

let isFollowing = false;

/**
 * Reads source maps from now on, and has the groups follow them: what was grouped by the raw frames of a file joins the
 * group of its sources when the map is there. Once, however often it is called.
 */
export function groupBySource(): void {
  if (isFollowing) return;
  isFollowing = true;
  onRegrouped((fromId, toId) => {
    const group = errorGroups.find(fromId);
    if (group === undefined) return;
    // its next error tells it by its sources
    if (fromId === toId) group.isDescribed = false;
    else errorGroups.merge(fromId, toId);
  });
  sourceMaps.begin();
}
