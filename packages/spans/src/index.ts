export type { BindableCounter } from './bind-counter.js';
export type { SpanSourceSettings } from './own-span-source.js';
export { OwnSpanSource } from './own-span-source.js';
export { RecordedSpan } from './recorded-span.js';
export type { SpanLimits } from './span-limits.js';
export type { SamplingRule } from './word-sampler.js';
