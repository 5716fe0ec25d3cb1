import {
  ATTR_ERROR_TYPE,
  ATTR_WORKFLOW_NAME,
  ATTR_WORKFLOW_STEP,
  WORKFLOW_DURATION,
  WORKFLOW_STEPS,
} from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import { MergedHistogram } from './merged-histogram.js';
import type { PointsByName } from './points-by-name.js';
import { Rows } from './rows.js';
import { OTHER } from './snapshot.js';
import { Tally } from './tally.js';
import type { WorkflowSnapshot } from './usage-snapshot.js';

class WorkflowRow {
  readonly steps = new Tally();
  readonly duration = new MergedHistogram();
  completed = 0;
  failed = 0;
}

export function readWorkflows(points: PointsByName, cap: number): WorkflowSnapshot[] {
  const rows = new Rows(cap, () => new WorkflowRow());
  for (const { attributes, value } of points.numbers(WORKFLOW_STEPS.name)) {
    const row = rows.row(attributeName(attributes, ATTR_WORKFLOW_NAME) ?? OTHER);
    row.steps.add(attributeName(attributes, ATTR_WORKFLOW_STEP) ?? OTHER, value);
  }
  for (const { attributes, value } of points.histograms(WORKFLOW_DURATION.name)) {
    const row = rows.row(attributeName(attributes, ATTR_WORKFLOW_NAME) ?? OTHER);
    row.duration.add(value);
    if (attributes[ATTR_ERROR_TYPE] === undefined) row.completed += value.count;
    else row.failed += value.count;
  }
  return [...rows.all].map(([name, { steps, completed, failed, duration }]) => ({
    name,
    steps: steps.toRecord(),
    completed,
    failed,
    ...(duration.mean !== undefined && { meanDurationSeconds: duration.mean }),
  }));
}
