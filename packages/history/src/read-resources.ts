import type { PointsByName } from './points-by-name.js';
import type { ResourcesSnapshot } from './resources-snapshot.js';

export function readResources(_points: PointsByName): ResourcesSnapshot {
  return {};
}
