import { describe, expect, it } from 'vitest';
import { createEndpoints } from '../src/index.js';
import { ask } from './ask.js';
import { health, madeSources } from './made-sources.js';
import { served } from './served.js';

describe('on loopback without tokens', () => {
  it('/metrics is Prometheus text', async () => {
    const { url } = await served();
    const { status, headers, body } = await ask(url, '/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
    expect(body).toContain('monitor_errors_total{error_type="RangeError",otel_scope_name="shop",');
  });

  it('/metrics is OpenMetrics for who asks for it', async () => {
    const { url } = await served();
    const { headers, body } = await ask(url, '/metrics', { accept: 'application/openmetrics-text;version=1.0.0' });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body.endsWith('# EOF\n')).toBe(true);
  });

  it.each([
    ['/livez', 200, 'ok\n'],
    ['/readyz', 200, 'ok\n'],
    ['/startupz', 200, 'ok\n'],
  ])('%s of a service that is up', async (path, status, body) => {
    const { url } = await served();
    const answer = await ask(url, path);
    expect(answer).toMatchObject({ status, body, headers: { 'content-type': 'text/plain; charset=UTF-8' } });
  });

  it.each([
    ['/livez', 200, 'ok\n'],
    ['/readyz', 503, 'not ready\n'],
    ['/startupz', 503, 'not started\n'],
  ])('%s of a service that is not up', async (path, status, body) => {
    const { url } = await served({ isReady: () => false, isStarted: () => false });
    expect(await ask(url, path)).toMatchObject({ status, body });
  });

  it.each([
    ['/health', 200, health],
    ['/health/components', 200, { status: 'degraded', components: health.components }],
    ['/health/components/database', 200, health.components[0]],
    ['/health/database', 200, health.components[0]],
    ['/health/components/mail%2Fqueue%201', 503, health.components[1]],
    ['/health/nothing', 404, { error: 'there is no such component' }],
  ])('%s', async (path, status, expected) => {
    const { url } = await served();
    const answer = await ask(url, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toEqual(expected);
  });

  it.each(['healthy', 'degraded', 'unknown'] as const)('/health is 200 when %s', async (status) => {
    const { url } = await served({ health: async () => ({ status, components: [] }) });
    expect(await ask(url, '/health')).toMatchObject({ status: 200, body: `{"status":"${status}","components":[]}` });
  });

  it('/health is 503 when unhealthy', async () => {
    const { url } = await served({ health: async () => ({ status: 'unhealthy', components: [] }) });
    expect((await ask(url, '/health')).status).toBe(503);
    expect((await ask(url, '/health/components')).status).toBe(503);
  });

  it('/dashboard/overview is the snapshot and the status', async () => {
    const sources = madeSources();
    const { url } = await served();
    const { status, body } = await ask(url, '/dashboard/overview');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual(
      JSON.parse(JSON.stringify({ snapshot: sources.snapshot(), status: sources.status() })),
    );
  });

  it('a page that is not there is a 404 that tells which are', async () => {
    const { url } = await served();
    for (const path of ['/', '/metric', '/metrics/x', '/%00', '/..%2f..%2fetc/passwd', '/health/a/b']) {
      const { status, body } = await ask(url, path);
      expect(status, path).toBe(404);
      expect(JSON.parse(body).pages).toContain('/metrics');
    }
  });

  it('a method that is not there is a 405 with Allow', async () => {
    const { url } = await served();
    for (const path of ['/metrics', '/livez', '/health', '/health/components/database', '/dashboard/overview']) {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        const { status, headers } = await ask(url, path, {}, method);
        expect([status, headers.allow], `${method} ${path}`).toEqual([405, 'GET, HEAD']);
      }
    }
  });

  it('HEAD is GET without a body', async () => {
    const { url } = await served();
    for (const path of ['/metrics', '/livez', '/health', '/dashboard/overview']) {
      expect(await ask(url, path, {}, 'HEAD'), path).toMatchObject({ status: 200, body: '' });
    }
  });

  it('without a source of metrics there is no /metrics', async () => {
    const { url } = await served({ metrics: undefined });
    expect((await ask(url, '/metrics')).status).toBe(404);
  });
});

describe('a source that fails', () => {
  const secret = 'password=hunter2';
  const fail = () => {
    throw new Error(secret);
  };
  it.each([
    ['/metrics', { metrics: fail }],
    ['/metrics', { metrics: async () => fail() }],
    ['/health', { health: fail }],
    ['/health/components/database', { health: async () => fail() }],
    ['/readyz', { isReady: fail }],
    ['/dashboard/overview', { snapshot: fail }],
    ['/dashboard/overview', { status: () => ({ count: 1n }) }],
  ])('%s is a 500 that tells nothing, and the server goes on', async (path, sources) => {
    const failures: string[] = [];
    const failed = (of: string, error: unknown) => failures.push(`${of} ${(error as Error).name}`);
    const { url } = await served({ ...sources, failed });
    const answer = await ask(url, path);
    expect(answer).toMatchObject({ status: 500, body: 'this page failed\n', headers: { 'cache-control': 'no-store' } });
    expect(failures).toHaveLength(1);
    expect(failures[0]?.startsWith(`${path} `)).toBe(true);
    expect((await ask(url, '/livez')).status).toBe(200);
  });

  it('may throw what is no Error, and its listener may throw too', async () => {
    const { url } = await served({
      health: () => Promise.reject('no error'),
      failed: fail,
    });
    expect((await ask(url, '/health')).status).toBe(500);
  });
});

it('fetch answers without a socket, to no one without a token', async () => {
  const local = createEndpoints(madeSources());
  expect((await local.fetch(new Request('http://localhost/livez'))).status).toBe(200);
  expect((await local.fetch(new Request('http://localhost/metrics'))).status).toBe(401);
  const open = createEndpoints(madeSources(), { auth: 'none' });
  expect((await open.fetch(new Request('http://localhost/metrics'))).status).toBe(200);
  expect((await open.fetch(new Request('http://example.com/metrics'))).status).toBe(403);
});

it('the global Request and Response stay those of Node', () => {
  const before = [globalThis.Request, globalThis.Response];
  createEndpoints(madeSources());
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
  expect(globalThis.Response.name).toBe('Response');
});
