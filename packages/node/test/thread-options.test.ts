import { loadConfig } from '@otel-monitor/config';
import { expect, test } from 'vitest';
import { configOfThread, optionsOfThread } from '../src/thread-options.js';

test('the main thread takes its options as they are', () => {
  const options = { server: { port: 0 } };
  expect(optionsOfThread(options, true)).toBe(options);
});

test('a worker has no server and no host metrics, unless its code asks for them', () => {
  expect(optionsOfThread({}, false)).toEqual({ server: false, host: { enabled: false } });
  const asked = { server: { port: 0 }, host: { enabled: true } };
  expect(optionsOfThread(asked, false)).toEqual(asked);
});

test('a configured instance id is made a different one in each worker', () => {
  const { config } = loadConfig({ code: { service: { name: 's', instanceId: 'pod-7' } }, env: {} });
  expect(configOfThread(config, 0)).toBe(config);
  expect(configOfThread(config, 3).service).toEqual({ ...config.service, instanceId: 'pod-7/3' });
  expect(config.service.instanceId).toBe('pod-7');
});
