import {
  ATTR_ERROR_TYPE,
  ATTR_FEATURE_ACTION,
  ATTR_FEATURE_NAME,
  FEATURE_DURATION,
  FEATURE_USES,
} from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import { MergedHistogram } from './merged-histogram.js';
import type { PointsByName } from './points-by-name.js';
import { ratio } from './ratio.js';
import { Rows } from './rows.js';
import { OTHER } from './snapshot.js';
import type { FeatureSnapshot } from './usage-snapshot.js';

type Attributes = Parameters<typeof attributeName>[0];

interface FeatureRow {
  name: string;
  action: string | undefined;
  uses: number;
  failures: number;
  duration: MergedHistogram;
}

/** The features, a row for each action. */
export function readFeatures(points: PointsByName, cap: number): FeatureSnapshot[] {
  const rows = new Rows<FeatureRow>(cap, (key) => {
    const [name = OTHER, action] = key.split('\n');
    return { name, action, uses: 0, failures: 0, duration: new MergedHistogram() };
  });
  for (const { attributes, value } of points.numbers(FEATURE_USES.name)) {
    const row = rows.row(keyOf(attributes));
    row.uses += value;
    if (attributes[ATTR_ERROR_TYPE] !== undefined) row.failures += value;
  }
  for (const { attributes, value } of points.histograms(FEATURE_DURATION.name)) {
    rows.row(keyOf(attributes)).duration.add(value);
  }
  return [...rows.all.values()].map(({ name, action, uses, failures, duration }) => ({
    name,
    ...(action !== undefined && { action }),
    uses,
    failures,
    ...ratio('successRate', uses - failures, uses),
    ...(duration.mean !== undefined && { meanDurationSeconds: duration.mean }),
  }));
}

function keyOf(attributes: Attributes): string {
  const name = attributeName(attributes, ATTR_FEATURE_NAME) ?? OTHER;
  const action = attributes[ATTR_FEATURE_ACTION];
  return action === undefined || action === '' ? name : `${name}\n${String(action)}`;
}
