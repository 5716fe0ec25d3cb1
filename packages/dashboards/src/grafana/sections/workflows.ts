import { CountsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_ERROR_TYPE,
  ATTR_WORKFLOW_NAME,
  ATTR_WORKFLOW_STEP,
  WORKFLOW_DURATION,
  WORKFLOW_STEPS,
} from '@otel-monitor/semconv';
import { bucketName, countName, seriesName } from '../../series.js';
import { barGauge } from '../bar-gauge-panel.js';
import type { Section } from '../dashboard.js';
import { by, chosen, gained, quantile, rate } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';

const steps = ['job', ATTR_WORKFLOW_NAME, ATTR_WORKFLOW_STEP];
const names = ['job', ATTR_WORKFLOW_NAME];
const ends = [...names, ATTR_ERROR_TYPE];

/** Workflows: `monitor.startWorkflow(name)`, its steps and its end. */
export const workflows: Section = {
  title: 'Workflows',
  panels: [
    barGauge({
      title: 'Steps that were reached',
      description: 'How often each step was reached in the time that is shown: workflow.step(name).',
      width: 8,
      queries: [each(steps, by(steps, gained(chosen(seriesName(WORKFLOW_STEPS)))))],
    }),
    timeSeries({
      title: 'Ends of workflows',
      description: 'Runs that end; a failed one with the class or code of its error.',
      width: 8,
      unit: CountsPerSecond,
      queries: [each(ends, by(ends, rate(chosen(countName(WORKFLOW_DURATION)))))],
    }),
    timeSeries({
      title: 'Time of workflows, p95',
      description: '95 of 100 runs take this time or less, from start to end.',
      width: 8,
      unit: Seconds,
      queries: [each(names, quantile(0.95, names, rate(chosen(bucketName(WORKFLOW_DURATION)))))],
    }),
  ],
};
