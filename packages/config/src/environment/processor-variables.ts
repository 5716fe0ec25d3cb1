import { asLowerCase, asNumber } from './conversions.js';
import { setting, type Variable } from './variable.js';

const SAMPLERS = [
  ...['always_on', 'always_off', 'traceidratio'],
  ...['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
];

/** The sampler and its argument: each makes sense with the other only. The argument comes first, to win over the 1. */
export function samplerVariables(
  name: string,
  argumentName: string,
  textOf: (name: string) => string | undefined,
): Variable[] {
  const sampler = textOf(name)?.toLowerCase();
  return [
    {
      name: argumentName,
      read(text, reader) {
        if (sampler === undefined) reader.warn(`is ignored, since ${name} is not set`);
        else if (sampler.endsWith('traceidratio')) reader.put('sampling.performanceSampleRate', asNumber(text));
      },
    },
    {
      name,
      read(text, reader) {
        const known = text.toLowerCase();
        if (!SAMPLERS.includes(known)) {
          reader.problem(`one of ${SAMPLERS.map((each) => JSON.stringify(each)).join(', ')}`);
          return;
        }
        reader.put('sampling.performanceSampleRate', known.endsWith('always_off') ? 0 : 1);
        reader.put('sampling.parentBased', known.startsWith('parentbased_'));
      },
    },
  ];
}

function batchVariables(prefix: string, path: string): Variable[] {
  return [
    setting(`${prefix}_SCHEDULE_DELAY`, `${path}.scheduledDelayMillis`, asNumber),
    setting(`${prefix}_EXPORT_TIMEOUT`, `${path}.exportTimeoutMillis`, asNumber),
    setting(`${prefix}_MAX_QUEUE_SIZE`, `${path}.maxQueueSize`, asNumber),
    setting(`${prefix}_MAX_EXPORT_BATCH_SIZE`, `${path}.maxExportBatchSize`, asNumber),
  ];
}

/** What lies between recording and export. */
export const processorVariables: readonly Variable[] = [
  ...batchVariables('OTEL_BSP', 'batch.spans'),
  ...batchVariables('OTEL_BLRP', 'batch.logs'),
  setting('OTEL_METRIC_EXPORT_INTERVAL', 'metricExportIntervalMillis', asNumber),
  setting('OTEL_METRIC_EXPORT_TIMEOUT', 'metricExportTimeoutMillis', asNumber),
  setting('OTEL_METRICS_EXEMPLAR_FILTER', 'metrics.exemplarFilter', asLowerCase),
];
