import { describe, expectTypeOf, it } from 'vitest';
import type { MonitoringOptions } from '../src/index.js';
import type { ValueOf } from '../src/schema/schema.js';
import type { aliases, settingsSchema } from '../src/schema/settings.js';

type Given = ValueOf<typeof settingsSchema>;

describe('MonitoringOptions', () => {
  it('has the keys of the schema, but for the aliases of files', () => {
    expectTypeOf<Exclude<keyof MonitoringOptions, 'config'>>().toEqualTypeOf<
      Exclude<keyof Given, keyof typeof aliases>
    >();
    type Otlp = Exclude<NonNullable<Given['otlp']>, false>;
    type OptionsOtlp = Exclude<NonNullable<MonitoringOptions['otlp']>, false>;
    expectTypeOf<keyof OptionsOtlp>().toEqualTypeOf<keyof Otlp>();
    type Server = Exclude<NonNullable<Given['server']>, boolean>;
    type OptionsServer = Exclude<NonNullable<MonitoringOptions['server']>, boolean>;
    expectTypeOf<keyof OptionsServer>().toEqualTypeOf<keyof Server>();
    for (const _ of [
      ...(['limits', 'sampling', 'batch', 'health', 'redaction'] as const),
      ...(['retention', 'errorTracking', 'usage', 'state'] as const),
    ]) {
      expectTypeOf<keyof NonNullable<MonitoringOptions[typeof _]>>().toEqualTypeOf<
        keyof NonNullable<Given[typeof _]>
      >();
    }
  });

  it('takes the example of the design', () => {
    expectTypeOf({
      config: 'monitor.json',
      service: { name: 'spritepal', version: '1.4.0' },
      environment: 'production',
      server: { host: '127.0.0.1', port: 9464 },
      otlp: { endpoint: 'http://127.0.0.1:4318' },
      sampling: { performanceSampleRate: 1, errorSampleRate: 1 },
      limits: { seriesPerMetric: 2000 },
    }).toExtend<MonitoringOptions>();
  });
});
