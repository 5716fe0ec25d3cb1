export type { ExpositionOptions } from './exposition.js';
export { serialize, serializeChunks } from './exposition.js';
export type { ExpositionFormat } from './format.js';
export { prometheusLabelName } from './label-name.js';
export type { MetricKind, NamedMetric } from './metric-name.js';
export { prometheusName } from './metric-name.js';
export type { Negotiated } from './negotiate.js';
export { negotiate } from './negotiate.js';
export type { ExpositionProblem, ProblemReason } from './problem.js';
