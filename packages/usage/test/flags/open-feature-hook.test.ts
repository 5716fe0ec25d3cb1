import { InMemoryProvider, OpenFeature, type Provider } from '@openfeature/server-sdk';
import { context, trace } from '@opentelemetry/api';
import { runtimeState, userHash } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagUsage } from '../../src/flags/flag-usage.js';
import { Usage } from '../../src/usage.js';

const usage = new Usage({ name: 'spritepal', version: '1.4.0' });
let telemetry: Telemetry;
let domains = 0;
let flag: string;

beforeEach(() => {
  telemetry = recordTelemetry();
  flag = `flag ${domains++}`;
});
afterEach(async () => {
  telemetry.stop();
  OpenFeature.clearHooks();
  await OpenFeature.clearProviders();
  runtimeState.usage.enabled = true;
});

/** A client of the real SDK whose provider answers as it is told, or has one flag with the variants on and off. */
async function client(resolve?: Provider['resolveBooleanEvaluation']) {
  const provider: Provider =
    resolve === undefined
      ? new InMemoryProvider({
          [flag]: {
            variants: { on: true, off: false },
            defaultVariant: 'off',
            disabled: false,
            contextEvaluator: ({ targetingKey }) => (targetingKey === 'u-1' ? 'on' : 'off'),
          },
        })
      : ({ metadata: { name: 'told' }, runsOn: 'server', resolveBooleanEvaluation: resolve } as Provider);
  await OpenFeature.setProviderAndWait(`domain ${flag}`, provider);
  return OpenFeature.getClient(`domain ${flag}`);
}

const events = () => telemetry.logs().map(({ eventName, attributes }) => ({ eventName, attributes }));
const ofFlag = () => flagUsage().find((each) => each.flag === flag);

describe('the hook of OpenFeature', () => {
  it('writes each evaluation as the semantic conventions want it, and counts it', async () => {
    OpenFeature.addHooks(usage.openFeatureHook());
    const flags = await client();
    expect(await flags.getBooleanValue(flag, false, { targetingKey: 'u-1', email: 'a@example.com' })).toBe(true);
    expect(await flags.getBooleanValue(flag, true)).toBe(false);
    expect(events()).toEqual([
      {
        eventName: 'feature_flag.evaluation',
        attributes: {
          'feature_flag.key': flag,
          'feature_flag.result.variant': 'on',
          'feature_flag.result.reason': 'targeting_match',
          'feature_flag.provider.name': 'in-memory',
          'feature_flag.context.id': userHash('u-1'),
        },
      },
      {
        eventName: 'feature_flag.evaluation',
        attributes: {
          'feature_flag.key': flag,
          'feature_flag.result.variant': 'off',
          'feature_flag.result.reason': 'targeting_match',
          'feature_flag.provider.name': 'in-memory',
        },
      },
    ]);
    expect(telemetry.logs()[0]?.severityNumber).toBe(9);
    expect(ofFlag()).toEqual({
      flag,
      evaluations: 2,
      failures: [],
      variants: [
        { variant: 'off', evaluations: 1, users: 0, workflows: [], features: [] },
        { variant: 'on', evaluations: 1, users: 1, workflows: [], features: [] },
      ],
    });
  });

  it('writes in the trace that the evaluation happens in', async () => {
    OpenFeature.addHooks(usage.openFeatureHook());
    const flags = await client();
    const span = trace.getTracer('test').startSpan('request');
    await context.with(trace.setSpan(context.active(), span), () => flags.getBooleanValue(flag, false));
    expect(telemetry.logs()[0]).toMatchObject({
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
    });
    span.end();
  });

  it('tells metadata, and the value only where there is no variant', async () => {
    OpenFeature.addHooks(usage.openFeatureHook());
    const flags = await client(async () => ({
      value: true,
      reason: 'SPLIT',
      flagMetadata: { flagSetId: 'shop/dev', version: 7, contextId: 'tenant-1' },
    }));
    await flags.getBooleanValue(flag, false, { targetingKey: 'u-1' });
    expect(events()[0]?.attributes).toEqual({
      'feature_flag.key': flag,
      'feature_flag.result.value': true,
      'feature_flag.result.reason': 'split',
      'feature_flag.provider.name': 'told',
      'feature_flag.set.id': 'shop/dev',
      'feature_flag.version': '7',
      'feature_flag.context.id': userHash('tenant-1'),
    });
    expect(ofFlag()?.variants).toMatchObject([{ variant: 'true', evaluations: 1 }]);
  });

  it('counts an evaluation that fails under `_DEFAULT`, however the provider fails', async () => {
    OpenFeature.addHooks(usage.openFeatureHook());
    let failing = 0;
    const flags = await client(async () => {
      failing += 1;
      if (failing === 1) throw new Error('the store is down');
      return { value: true, errorCode: 'TYPE_MISMATCH' as never, errorMessage: 'a text, not a boolean' };
    });
    expect(await flags.getBooleanValue(flag, false)).toBe(false);
    expect(await flags.getBooleanValue(flag, false)).toBe(false);
    expect(events().map(({ attributes }) => attributes)).toEqual([
      {
        'feature_flag.key': flag,
        'feature_flag.result.value': false,
        'feature_flag.result.reason': 'error',
        'feature_flag.provider.name': 'told',
        'error.type': 'general',
        'error.message': 'the store is down',
      },
      expect.objectContaining({ 'error.type': 'type_mismatch', 'error.message': 'a text, not a boolean' }),
    ]);
    expect(ofFlag()).toMatchObject({
      failures: [
        { errorType: 'general', evaluations: 1 },
        { errorType: 'type_mismatch', evaluations: 1 },
      ],
      variants: [{ variant: '_DEFAULT', evaluations: 2 }],
    });
  });

  it('only counts with `events: false`, and does nothing while usage is off', async () => {
    OpenFeature.addHooks(usage.openFeatureHook({ events: false }));
    const flags = await client();
    await flags.getBooleanValue(flag, false);
    runtimeState.usage.enabled = false;
    await flags.getBooleanValue(flag, false);
    expect(events()).toEqual([]);
    expect(ofFlag()?.evaluations).toBe(1);
  });

  it('takes secrets out of what leaves', async () => {
    const before = runtimeState.redactor;
    const hide = (text: string) => text.replace(/s3cr3t/g, '[hidden]');
    runtimeState.redactor = {
      redactText: hide,
      redactValue: (_, value) => (typeof value === 'string' ? (hide(value) as never) : value),
    };
    OpenFeature.addHooks(usage.openFeatureHook());
    const flags = await client(async () => ({ value: false, variant: 's3cr3t on', reason: 's3cr3t' }));
    await flags.getBooleanValue(flag, false);
    runtimeState.redactor = before;
    expect(JSON.stringify(telemetry.logs())).not.toContain('s3cr3t');
    expect(ofFlag()?.variants).toMatchObject([{ variant: '[hidden] on' }]);
  });
});

describe('what is done under a variant', () => {
  beforeEach(() => void OpenFeature.addHooks(usage.openFeatureHook({ events: false })));
  const variants = () =>
    Object.fromEntries(
      (ofFlag()?.variants ?? []).map(({ variant, workflows, features }) => [
        variant,
        [...workflows.map(({ runs }) => runs.started), ...features.map(({ uses, failed }) => `${failed} of ${uses}`)],
      ]),
    );

  it('is counted for the user’s own evaluation', async () => {
    const flags = await client();
    await flags.getBooleanValue(flag, false, { targetingKey: 'u-1' });
    await flags.getBooleanValue(flag, false, { targetingKey: 'u-2' });
    for (const userId of ['u-1', 'u-2', 'u-1', 'u-3', undefined]) {
      const workflow = usage.startWorkflow(`import ${flag}`, { userId });
      if (userId === 'u-1') workflow.complete();
      else workflow.fail('EIO');
    }
    expect(ofFlag()?.variants.map(({ variant, workflows }) => ({ variant, workflows }))).toEqual([
      {
        variant: 'off',
        workflows: [
          {
            name: `import ${flag}`,
            runs: { started: 1, completed: 0, failed: 1, abandoned: 0 },
            conversion: 0,
            successRate: 0,
          },
        ],
      },
      {
        variant: 'on',
        workflows: [
          {
            name: `import ${flag}`,
            runs: { started: 2, completed: 2, failed: 0, abandoned: 0 },
            conversion: 1,
            successRate: 1,
          },
        ],
      },
    ]);
  });

  it('is counted for the evaluation in its trace, and not for that of another user there', async () => {
    const flags = await client();
    const inTrace = <T>(callback: () => T): T => {
      const span = trace.getTracer('test').startSpan('request');
      return context.with(trace.setSpan(context.active(), span), callback);
    };
    await inTrace(async () => {
      await flags.getBooleanValue(flag, false, { targetingKey: 'u-1' });
      const inner = trace.getTracer('test').startSpan('inner');
      context.with(trace.setSpan(context.active(), inner), () => usage.startWorkflow(`import ${flag}`).complete());
      usage.startWorkflow(`import ${flag}`, { userId: 'u-4' });
      usage.startWorkflow(`import ${flag}`, { userId: 'u-1' });
    });
    inTrace(() => usage.startWorkflow(`import ${flag}`));
    usage.startWorkflow(`import ${flag}`);
    expect(variants()).toEqual({ on: [2] });
  });

  it('is counted for what is told by hand instead', async () => {
    const flags = await client();
    await flags.getBooleanValue(flag, false, { targetingKey: 'u-1' });
    usage.startWorkflow(`import ${flag}`, { userId: 'u-1', variants: { [flag]: 'beta' } });
    usage.startWorkflow(`import ${flag}`, { userId: 'u-1', variants: {} });
    expect(variants()).toEqual({ on: [], beta: [1] });
  });

  it('is counted for the last evaluation of the flag, for a day', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    try {
      let variant = 'a';
      const flags = await client(async () => ({ value: true, variant }));
      await flags.getBooleanValue(flag, false, { targetingKey: 'u-5' });
      variant = 'b';
      await flags.getBooleanValue(flag, false, { targetingKey: 'u-5' });
      usage.startWorkflow(`import ${flag}`, { userId: 'u-5' });
      vi.advanceTimersByTime(86_400_000);
      usage.startWorkflow(`import ${flag}`, { userId: 'u-5' });
      expect(variants()).toEqual({ a: [], b: [1] });
    } finally {
      vi.useRealTimers();
    }
  });
});
