import { loadConfig } from '@otel-monitor/config';
import { expect, test } from 'vitest';
import { configOfWorker, optionsOfWorker } from '../src/worker-options.js';

const primary = { kind: 'primary', workerId: undefined } as const;
const thread = { kind: 'thread', workerId: 'thread/3' } as const;
const worker = { kind: 'process', workerId: '4' } as const;

test('a primary takes its options as they are', () => {
  const options = { server: { port: 0 } };
  expect(optionsOfWorker(options, primary)).toBe(options);
});

test('a thread has no server and no host metrics, unless its code asks for them', () => {
  expect(optionsOfWorker({}, thread)).toEqual({ server: false, host: { enabled: false } });
  const asked = { server: { port: 0 }, host: { enabled: true } };
  expect(optionsOfWorker(asked, thread)).toEqual(asked);
});

test('a worker of node:cluster has no server unless its code asks for one, and the metrics of its process', () => {
  expect(optionsOfWorker({}, worker)).toEqual({ server: false });
  expect(optionsOfWorker({ server: { port: 0 } }, worker)).toEqual({ server: { port: 0 } });
});

test('a configured instance id is made a different one in each worker', () => {
  const { config } = loadConfig({ code: { service: { name: 's', instanceId: 'pod-7' } }, env: {} });
  expect(configOfWorker(config, primary)).toBe(config);
  expect(configOfWorker(config, thread).service).toEqual({ ...config.service, instanceId: 'pod-7/3' });
  expect(configOfWorker(config, worker).service).toEqual({ ...config.service, instanceId: 'pod-7/worker/4' });
  expect(config.service.instanceId).toBe('pod-7');
});
