import { keptVariables } from './kept-variables.js';
import { legacyVariables } from './legacy-variables.js';
import { otlpVariables } from './otlp-variables.js';
import { processorVariables } from './processor-variables.js';
import { redactionVariables } from './redaction-variables.js';
import { serverVariables } from './server-variables.js';
import { serviceVariables } from './service-variables.js';
import type { Variable } from './variable.js';

/** The variable that names the configuration file. */
export const CONFIG_FILE_VARIABLE = 'OTEL_MONITOR_CONFIG';
export const SAMPLER_VARIABLE = 'OTEL_TRACES_SAMPLER';
export const SAMPLER_ARGUMENT_VARIABLE = 'OTEL_TRACES_SAMPLER_ARG';

/** Every variable that says one thing by itself, the ones that win first. */
export const variables: readonly Variable[] = [
  ...serviceVariables,
  ...serverVariables,
  ...otlpVariables,
  ...processorVariables,
  ...keptVariables,
  ...redactionVariables,
  ...legacyVariables,
];

/** The names of all environment variables that are read. */
export const environmentNames: readonly string[] = [
  CONFIG_FILE_VARIABLE,
  SAMPLER_VARIABLE,
  SAMPLER_ARGUMENT_VARIABLE,
  ...variables.map(({ name }) => name),
];
