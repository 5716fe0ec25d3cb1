import { describe, expect, it } from 'vitest';
import { load, loadFile } from './load.js';

const file = JSON.stringify({
  monitoring: { environment: 'from-file', service: { name: 'from-file', version: '1' }, server: { port: 1000 } },
});

describe('precedence', () => {
  it('is code, environment, file, default, key by key', () => {
    const { config, sources } = loadFile('m.json', file, {
      code: { service: { name: 'from-code' } },
      env: { OTEL_SERVICE_NAME: 'from-env', OTEL_EXPORTER_PROMETHEUS_PORT: '2000' },
    });
    expect(config.service).toEqual({ name: 'from-code', version: '1', namespace: undefined, instanceId: undefined });
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 2000 });
    expect(config.environment).toBe('from-file');
    expect(sources).toMatchObject({
      'service.name': 'code',
      'service.version': 'file m.json',
      'server.port': 'environment OTEL_EXPORTER_PROMETHEUS_PORT',
      'server.host': 'default',
      environment: 'file m.json',
    });
  });

  it('takes an empty or blank variable as unset', () => {
    const { config, sources } = loadFile('m.json', file, {
      env: { OTEL_SERVICE_NAME: '', OTEL_EXPORTER_PROMETHEUS_PORT: '  ' },
    });
    expect(config.service.name).toBe('from-file');
    expect(sources['server.port']).toBe('file m.json');
  });

  it('takes null and undefined as not said', () => {
    expect(load({ code: { environment: undefined, server: undefined } }).config.server).toMatchObject({ port: 9464 });
    expect(loadFile('m.json', '{"server": null, "environment": null}').config.environment).toBeUndefined();
  });

  it('lets the names of OpenTelemetry win over those of the systems before', () => {
    const env = { OTEL_METRIC_EXPORT_INTERVAL: '15000', METRICS_COLLECTION_INTERVAL: '30' };
    expect(load({ env }).config.metricExportIntervalMillis).toBe(15_000);
    expect(load({ env: { METRICS_COLLECTION_INTERVAL: '30' } }).config.metricExportIntervalMillis).toBe(30_000);
  });

  it('lets OTEL_SDK_DISABLED=true win over everything', () => {
    const { config, sources } = load({ code: { enabled: true }, env: { OTEL_SDK_DISABLED: 'TRUE' } });
    expect(config.enabled).toBe(false);
    expect(sources.enabled).toBe('environment OTEL_SDK_DISABLED');
    expect(load({ code: { enabled: false }, env: { OTEL_SDK_DISABLED: 'false' } }).config.enabled).toBe(false);
  });

  it('keeps the server off when only its address is in the environment', () => {
    const env = { OTEL_EXPORTER_PROMETHEUS_PORT: '1' };
    expect(loadFile('m.json', '{"server": false}', { env }).config.server).toBe(false);
    expect(load({ code: { server: false }, env }).config.server).toBe(false);
    expect(
      loadFile('m.json', '{"server": false}', { code: { server: { host: '::1' } }, env }).config.server,
    ).toMatchObject({
      host: '::1',
      port: 1,
    });
    expect(loadFile('m.json', '{"server": false}', { code: { server: true } }).config.server).toMatchObject({
      port: 9464,
    });
  });

  it('takes the path of the file from code before the environment', () => {
    const files: Record<string, string> = { 'a.json': '{"environment":"a"}', 'b.json': '{"environment":"b"}' };
    const readFile = (path: string) => files[path.split(/[\\/]/).at(-1) as string] as string;
    const env = { OTEL_MONITOR_CONFIG: 'b.json' };
    expect(load({ env, readFile }).config.environment).toBe('b');
    expect(load({ env, readFile, code: { config: 'a.json' } }).config.environment).toBe('a');
    expect(load({ env, readFile, code: { config: { monitoring: { environment: 'c' } } } }).config.environment).toBe(
      'c',
    );
  });

  it('merges resource attributes by key, and puts those with a place of their own there', () => {
    const { config, sources } = load({
      code: { resourceAttributes: { team: 'a', 'service.namespace': 'code', build: 7 } },
      env: { OTEL_RESOURCE_ATTRIBUTES: 'team=b,zone=c%2Cd,service.namespace=env,service.instance.id=i1' },
    });
    expect(config.resourceAttributes).toEqual({ team: 'a', zone: 'c,d', build: '7' });
    expect(config.service).toMatchObject({ namespace: 'code', instanceId: 'i1' });
    expect(sources['service.instanceId']).toBe('environment OTEL_RESOURCE_ATTRIBUTES');
  });

  it('takes headers whole, so that one vendor never gets those of another', () => {
    const { config } = load({
      code: { otlp: { endpoint: 'http://h', headers: { a: '1' }, traces: { headers: { b: '2' } } } },
      env: { OTEL_EXPORTER_OTLP_HEADERS: 'c=3' },
    });
    expect(config.otlp.traces?.headers).toEqual({ b: '2' });
    expect(config.otlp.logs?.headers).toEqual({ a: '1' });
  });

  it('gives a configuration that cannot be changed, and never changes the defaults', () => {
    const { config } = load({ code: { propagators: ['baggage'] } });
    expect(() => (config.limits as { attributeCount: number }).attributeCount++).toThrow(TypeError);
    expect(() => (config.propagators as string[]).push('x')).toThrow(TypeError);
    expect(load().config.propagators).toEqual(['tracecontext', 'baggage']);
  });
});
