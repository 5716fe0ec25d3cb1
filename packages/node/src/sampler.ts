import {
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { SamplingConfig } from '@otel-monitor/config';

/** One decision a root by its trace id; what began elsewhere keeps the decision that was made there, if `parentBased`. */
export function createSampler({ performanceSampleRate, parentBased }: SamplingConfig): Sampler {
  const root = performanceSampleRate >= 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(performanceSampleRate);
  return parentBased ? new ParentBasedSampler({ root }) : root;
}
