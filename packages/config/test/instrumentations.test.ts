import { describe, expect, it } from 'vitest';
import { instrumentationPackage, isInstrumentationOn } from '../src/index.js';
import { failure, load, loadFile } from './load.js';

const isOn = (name: string, enabled?: string[], disabled: string[] = []) =>
  isInstrumentationOn({ enabled, disabled, options: {} }, name);

describe('instrumentations', () => {
  it('are all on where nothing is said', () => {
    expect(load().config.instrumentations).toEqual({ enabled: undefined, disabled: [], options: {} });
    expect(isOn('express')).toBe(true);
  });

  it('are only those that are enabled, and none that is disabled', () => {
    expect([isOn('pg', ['pg']), isOn('http', ['pg']), isOn('pg', ['pg'], ['pg']), isOn('pg', [])]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('get their options as they stand in the file: keys are those of the instrumentation', () => {
    const options = { express: { ignoreLayersType: ['middleware'], some_key: { deep: [1, true, null] } } };
    const { config, warnings } = loadFile('a.json', JSON.stringify({ monitoring: { instrumentations: { options } } }));
    expect(warnings).toEqual([]);
    expect(config.instrumentations.options).toEqual(options);
  });

  it('have their options under the short name, whichever name was written', () => {
    const code = {
      instrumentations: { options: { '@opentelemetry/instrumentation-pg': { requireParentSpan: true } } },
    };
    expect(load({ code }).config.instrumentations.options).toEqual({ pg: { requireParentSpan: true } });
  });

  it('warn of options for our own, which have a group', () => {
    const { warnings } = load({ code: { instrumentations: { options: { undici: { headersToSpanAttributes: {} } } } } });
    expect(warnings).toEqual([
      'instrumentations.options.undici does nothing: the settings of our own are in the group http',
    ]);
  });

  it.each([
    [{ options: { express: ['middleware'] } }, 'instrumentations.options.express', 'an object'],
    [{ options: { express: 'off' } }, 'instrumentations.options.express', 'an object'],
    [{ enabled: [''] }, 'instrumentations.enabled[0]', 'the short name of an instrumentation, as in "express"'],
    [
      { disabled: ['../../etc'] },
      'instrumentations.disabled[0]',
      'the short name of an instrumentation, as in "express"',
    ],
    [{ disabled: 'express' }, 'instrumentations.disabled', 'a list of at most 1000 names'],
  ])('are refused as %j', (given, path, expected) => {
    const { problems } = failure(() => load({ code: { instrumentations: given as object } }));
    expect(problems.map((problem) => [problem.path, problem.expected])).toEqual([[path, expected]]);
  });

  it('come from packages by these names', () => {
    expect(['express', 'fastify', 'bullmq', 'hono', 'graphql'].map(instrumentationPackage)).toEqual([
      '@opentelemetry/instrumentation-express',
      '@fastify/otel',
      'bullmq-otel',
      '@opentelemetry/instrumentation',
      '@opentelemetry/instrumentation-graphql',
    ]);
  });
});
