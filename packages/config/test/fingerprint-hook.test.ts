import { expect, it } from 'vitest';
import { configJsonSchema, type MonitoringOptions } from '../src/index.js';
import { failure, load } from './load.js';

it('the fingerprint hook of code is kept as it is', () => {
  const fingerprint = () => 'one group';
  expect(load({ code: { errorTracking: { fingerprint } } }).config.errorTracking.fingerprint).toBe(fingerprint);
  expect(load().config.errorTracking.fingerprint).toBeUndefined();
});

it('a fingerprint that is no function is refused, in code and in a file', () => {
  const expected = 'expected a function, which code alone can give';
  const code = { errorTracking: { fingerprint: 'message' } } as unknown as MonitoringOptions;
  expect(failure(() => load({ code })).message).toContain(
    `errorTracking.fingerprint: found "message", ${expected} (code)`,
  );
  const config = { error_tracking: { fingerprint: { by: 'message' } } };
  expect(failure(() => load({ code: { config } })).message).toContain(
    `error_tracking.fingerprint: found an object, ${expected} (code config)`,
  );
});

it('the JSON Schema of the file has no key for it', () => {
  const { $defs } = configJsonSchema() as { $defs: { error_tracking: { properties: object } } };
  expect(Object.keys($defs.error_tracking.properties)).toEqual([
    'enabled',
    'max_groups',
    'samples_per_group',
    'breadcrumbs',
    'source_maps',
    'capture_unhandled_rejections',
  ]);
});
