import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import * as definitions from '@otel-monitor/semconv';
import { expect, it } from 'vitest';

const isOfHost = (name: string) => /^(?:SYSTEM|PROCESS|NODEJS|V8JS)_/.test(name);
const published = conventions as unknown as Record<string, string>;
const ours = Object.entries(definitions).filter(([name]) => isOfHost(name)) as [string, definitions.MetricDefinition][];

it.each(ours)('%s has the name that the conventions publish', (constant, { name }) => {
  expect(name).toBe(published[`METRIC_${constant}`]);
});

it('uses attributes that the conventions publish, by their names of today', () => {
  const names = new Set(ours.flatMap(([, { attributes }]) => attributes));
  expect(names.size).toBe(11);
  for (const name of names) expect(published[`ATTR_${name.toUpperCase().replaceAll('.', '_')}`]).toBe(name);
});
