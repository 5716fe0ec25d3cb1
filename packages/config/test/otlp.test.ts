import { describe, expect, it } from 'vitest';
import type { MonitoringOptions } from '../src/index.js';
import { load } from './load.js';

const endpoints = (otlp: MonitoringOptions['otlp'], env: Record<string, string> = {}) => {
  const { traces, metrics, logs } = load({ code: { otlp }, env }).config.otlp;
  return [traces?.endpoint, metrics?.endpoint, logs?.endpoint];
};

describe('targets of OTLP', () => {
  it('are none when no endpoint is set', () => {
    expect(endpoints(undefined)).toEqual([undefined, undefined, undefined]);
    expect(endpoints({ headers: { a: 'b' } })).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['http://h:4318', 'http://h:4318/v1/traces'],
    ['http://h:4318/', 'http://h:4318/v1/traces'],
    ['https://h/base', 'https://h/base/v1/traces'],
    ['https://h/base/', 'https://h/base/v1/traces'],
    ['https://h/base?tenant=1', 'https://h/base/v1/traces?tenant=1'],
    ['https://owner:pw@h', 'https://owner:pw@h/v1/traces'],
  ])('%s for all is %s for traces', (endpoint, expected) => {
    expect(endpoints({ endpoint })[0]).toBe(expected);
  });

  it('use the endpoint of one signal as it is', () => {
    expect(
      endpoints({ endpoint: 'http://all', traces: { endpoint: 'http://own' }, logs: { endpoint: 'http://own/x' } }),
    ).toEqual(['http://own/', 'http://all/v1/metrics', 'http://own/x']);
    expect(endpoints({ metrics: { endpoint: 'http://own/m' } })).toEqual([undefined, 'http://own/m', undefined]);
  });

  it('can be switched off, all or one', () => {
    expect(endpoints(false, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h' })).toEqual([undefined, undefined, undefined]);
    expect(endpoints({ endpoint: 'http://h', traces: false })).toEqual([
      undefined,
      'http://h/v1/metrics',
      'http://h/v1/logs',
    ]);
  });

  it('have the defaults of the specification', () => {
    expect(load({ code: { otlp: { endpoint: 'http://h' } } }).config.otlp.traces).toEqual({
      endpoint: 'http://h/v1/traces',
      headers: {},
      timeoutMillis: 10_000,
      compression: 'none',
      protocol: 'http/protobuf',
    });
  });

  it.each([
    ['otlp', [true, true]],
    ['none', [false, false]],
    ['prometheus', [false, true]],
    ['otlp,prometheus', [true, true]],
  ])('of metrics with OTEL_METRICS_EXPORTER=%s', (text, expected) => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_METRICS_EXPORTER: text };
    const { otlp, prometheus } = load({ env }).config;
    expect([otlp.metrics !== undefined, prometheus.enabled]).toEqual(expected);
  });
});
