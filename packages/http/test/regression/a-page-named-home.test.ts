import { defaultRedactor } from '@otel-monitor/redaction';
import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentRequest } from '../../src/index.js';
import { ask } from '../on-loopback.js';
import { recordRequests } from '../recorded-requests.js';

const recorded = recordRequests();

beforeEach(() => {
  runtimeState.redactor = defaultRedactor;
});
afterEach(() => {
  runtimeState.redactor = undefined;
});

it('a page below /home keeps its route and its path: that is nobody’s home folder', async () => {
  const port = await recorded.serve((_request, response) => {
    currentRequest()!.route = '/home/settings';
    response.end();
  });
  await ask(port, '/home/settings');
  expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/home/settings' }]);
  const [span] = recorded.spans();
  expect(span?.name).toBe('GET /home/settings');
  expect(span?.attributes['url.path']).toBe('/home/settings');
});

it('a secret in a path goes all the same', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const port = await recorded.serve((_request, response) => void response.end());
  await ask(port, `/home/${secret}`);
  await recorded.outcomes();
  expect(recorded.spans()[0]?.attributes['url.path']).toBe('/home/[redacted]');
});
