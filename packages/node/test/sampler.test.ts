import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { expect, test } from 'vitest';
import { createSampler } from '../src/sampler.js';

const LOW_ID = '00000000000000000000000000000001';
// the ratio sampler folds the four words of an id by exclusive or
const HIGH_ID = 'ffffffff000000000000000000000000';

function decides(rate: number, parentBased: boolean, traceId: string, parentFlags?: TraceFlags): boolean {
  const context =
    parentFlags === undefined
      ? ROOT_CONTEXT
      : trace.setSpanContext(ROOT_CONTEXT, {
          traceId,
          spanId: 'b7ad6b7169203331',
          traceFlags: parentFlags,
          isRemote: true,
        });
  const sampler = createSampler({ performanceSampleRate: rate, errorSampleRate: 1, parentBased });
  const { decision } = sampler.shouldSample(context, traceId, 's', SpanKind.INTERNAL, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

test.each([
  [1, HIGH_ID, true],
  [0.5, LOW_ID, true],
  [0.5, HIGH_ID, false],
  [0, LOW_ID, false],
])('a rate of %d decides on a root by its trace id %s: %s', (rate, traceId, sampled) => {
  expect(decides(rate, true, traceId)).toBe(sampled);
});

test('what began elsewhere keeps the decision made there', () => {
  expect(decides(0, true, HIGH_ID, TraceFlags.SAMPLED)).toBe(true);
  expect(decides(1, true, LOW_ID, TraceFlags.NONE)).toBe(false);
});

test('unless the sampler is not parent-based', () => {
  expect(decides(0, false, HIGH_ID, TraceFlags.SAMPLED)).toBe(false);
  expect(decides(1, false, LOW_ID, TraceFlags.NONE)).toBe(true);
});
