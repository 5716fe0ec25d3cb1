import { describe, expect, it } from 'vitest';
import { ConfigError, type MonitoringOptions } from '../src/index.js';
import { failure, load, loadFile } from './load.js';

const wrong = (options: unknown) => failure(() => load({ code: options as MonitoringOptions }));

describe('ConfigError', () => {
  it('lists every problem of every source, one a line, even where another source would win', () => {
    const error = failure(() =>
      loadFile('m.json', '{"monitoring":{"sampling":{"performance_sample_rate":7}}}', {
        code: { server: { port: 70_000 }, sampling: { performanceSampleRate: 0.5 } },
        env: { OTEL_BSP_SCHEDULE_DELAY: 'soon' },
      }),
    );
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.name).toBe('ConfigError');
    expect(error.message).toBe(
      [
        'the monitoring configuration cannot be used:',
        'batch.spans.scheduledDelayMillis: found "soon", expected a whole number of milliseconds from 0 to 2147483647 (environment OTEL_BSP_SCHEDULE_DELAY)',
        'server.port: found 70000, expected a whole number from 0 to 65535 (code)',
        'monitoring.sampling.performance_sample_rate: found 7, expected a number from 0 to 1 (file m.json)',
      ].join('\n  '),
    );
    expect(error.problems.at(-1)).toEqual({
      path: 'monitoring.sampling.performance_sample_rate',
      found: '7',
      expected: 'a number from 0 to 1',
      source: 'file m.json',
    });
  });

  it.each([
    [{ enabled: 'yes' }, 'enabled: found "yes", expected true or false (code)'],
    [
      { service: { name: '' } },
      'service.name: found "", expected text (1 to 4096 characters, no control characters) (code)',
    ],
    [
      { service: { name: 5n } },
      'service.name: found 5, expected text (1 to 4096 characters, no control characters) (code)',
    ],
    [{ service: [] }, 'service: found a list, expected an object (code)'],
    [{ service: new Map() }, 'service: found an object of a class, expected an object (code)'],
    [
      { environment: () => 'x' },
      'environment: found a function, expected text (1 to 4096 characters, no control characters) (code)',
    ],
    [
      { logLevel: 'loud' },
      'logLevel: found "loud", expected one of "none", "error", "warn", "info", "debug", "verbose", "all" (code)',
    ],
    [
      { sampling: { errorSampleRate: Number.NaN } },
      'sampling.errorSampleRate: found NaN, expected a number from 0 to 1 (code)',
    ],
    [
      { limits: { attributeCount: 1.5 } },
      'limits.attributeCount: found 1.5, expected a whole number from 0 to 1000000 (code)',
    ],
    [
      { limits: { attributeCount: 1e18 } },
      'limits.attributeCount: found 1000000000000000000, expected a whole number from 0 to 1000000 (code)',
    ],
    [
      { propagators: ['tracecontext', 'b4'] },
      'propagators[1]: found "b4", expected one of "tracecontext", "baggage", "none", "b3", "b3multi", "jaeger", "ottrace", "xray" (code)',
    ],
    [
      { otlp: { headers: { authorization: 'Bearer a\nb' } } },
      'otlp.headers.authorization: found [redacted], expected the value of a header: text without line breaks and without letters beyond Latin 1 (code)',
    ],
    [
      { otlp: { headers: { 'a b': 'x' } } },
      'otlp.headers: found an object, expected names of headers, made of letters, digits and dashes (code)',
    ],
    [{ otlp: { headers: 'x=hunter2' } }, 'otlp.headers: found [redacted], expected an object (code)'],
    [{ otlp: true }, 'otlp: found true, expected false or an object (code)'],
    [
      { otlp: { endpoint: 'ftp://owner:hunter2@h' } },
      'otlp.endpoint: found "ftp://[redacted]@h", expected an address that begins with http:// or https:// (code)',
    ],
    [
      { redaction: { replacement: 'a b' } },
      'redaction.replacement: found "a b", expected at most 64 letters, digits or _ * # . [ ] - (code)',
    ],
    [
      { redaction: { extraPatterns: ['ok', 'a+b'] } },
      'redaction.extraPatterns[1]: found "a+b", expected a regular expression that can be searched in bounded time (this one has *, + or {n,} before its end or within a group, which has no bound on its work: give an upper bound, as in {1,40}) (code)',
    ],
    [
      { alerts: { webhookUrl: 5 } },
      'alerts.webhookUrl: found [redacted], expected an address (1 to 4096 characters, no control characters) (code)',
    ],
    [
      { alerts: { rules: [{ name: 'a', condition: 'b', severity: 'bad' }] } },
      'alerts.rules[0].severity: found "bad", expected one of "info", "warning", "error", "critical" (code)',
    ],
    [
      { thresholds: { cpu_percent: { warning: 'high' } } },
      'thresholds.cpu_percent.warning: found "high", expected a number from -1000000000000000 to 1000000000000000 (code)',
    ],
    [{ config: 5 }, 'config: found 5, expected the path of a configuration file, or its content as an object (code)'],
    [{ config: { sampling: 5 } }, 'sampling: found 5, expected an object (code config)'],
    [5, 'options: found 5, expected a plain object (code)'],
    [new Date(), 'options: found an object of a class, expected a plain object (code)'],
  ])('says of number %# what belongs there', (options, message) => {
    expect(wrong(options).message).toBe(`the monitoring configuration cannot be used:\n  ${message}`);
  });

  it('says of what cannot be read that it cannot', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('hunter2');
        },
      },
    );
    expect(wrong(hostile).message).toContain(
      'options: found something that cannot be read, expected a plain object (code)',
    );
    expect(wrong({ server: hostile }).message).toContain(
      'server: found something that cannot be read, expected true, false or an object (code)',
    );
  });

  it('tells what else was noticed, for the key that is missing because it is misspelt', () => {
    const error = wrong({ alerts: { rules: [{ name: 'a', conditon: 'x' }] } });
    expect(error.warnings).toEqual(['unknown key alerts.rules[0].conditon (code), did you mean condition?']);
  });

  it('stops after a hundred lines', () => {
    const rules = Array.from({ length: 150 }, () => ({ name: 5, condition: 'x' }));
    const lines = wrong({ alerts: { rules } }).message.split('\n');
    expect(lines.length).toBe(102);
    expect(lines.at(-1)).toBe('  … and 50 more');
  });

  it('suggests names in the spelling of the source', () => {
    expect(load({ code: { metricExportIntervalMilis: 1 } as MonitoringOptions }).warnings).toEqual([
      'unknown key metricExportIntervalMilis (code), did you mean metricExportIntervalMillis?',
    ]);
  });
});
