import { asList, asLowerCase, asNumber, asPair } from './conversions.js';
import { type Reader, setting, type Variable } from './variable.js';

/** The OTLP exporter specification: for all signals, then for one. */
const targets: readonly [infix: string, path: string][] = [
  ['', 'otlp'],
  ['TRACES_', 'otlp.traces'],
  ['METRICS_', 'otlp.metrics'],
  ['LOGS_', 'otlp.logs'],
];

function headers(text: string, path: string, reader: Reader): void {
  const given: Record<string, string> = {};
  for (const item of asList(text)) {
    const pair = asPair(item);
    if (pair === undefined || pair[0] === '__proto__') {
      // a header left out in silence would be a 401 that nobody understands
      reader.problem('headers as name=value,name=value in percent-encoding');
      return;
    }
    given[pair[0]] = pair[1];
  }
  reader.put(path, given);
}

const targetVariables = targets.flatMap(([infix, path]): Variable[] => {
  const prefix = `OTEL_EXPORTER_OTLP_${infix}`;
  return [
    { ...setting(`${prefix}ENDPOINT`, `${path}.endpoint`), shown: 'as address' },
    { name: `${prefix}HEADERS`, shown: 'not', read: (text, reader) => headers(text, `${path}.headers`, reader) },
    setting(`${prefix}TIMEOUT`, `${path}.timeoutMillis`, asNumber),
    setting(`${prefix}COMPRESSION`, `${path}.compression`, asLowerCase),
    setting(`${prefix}PROTOCOL`, `${path}.protocol`, asLowerCase),
  ];
});

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  traces: ['otlp', 'none', 'console'],
  metrics: ['otlp', 'none', 'console', 'prometheus'],
  logs: ['otlp', 'none', 'console'],
};

function exporterVariable(signal: 'traces' | 'metrics' | 'logs'): Variable {
  const known = KNOWN[signal] as readonly string[];
  return {
    name: `OTEL_${signal.toUpperCase()}_EXPORTER`,
    read(text, reader) {
      const names = asList(text.toLowerCase());
      if (!names.every((name) => known.includes(name)) || (names.includes('none') && names.length > 1)) {
        reader.problem(
          `${known.map((name) => JSON.stringify(name)).join(', ')}, or several but "none" with commas between`,
        );
        return;
      }
      if (names.includes('console')) {
        reader.warn(
          `asks for the console, which is not supported: nothing is printed; "otlp" sends ${signal} to a Collector`,
        );
      }
      const push = names.includes('otlp');
      reader.decide(`otlp.${signal}.enabled`, push);
      // "otlp" alone says where metrics are pushed; it does not take /metrics away
      if (signal === 'metrics' && !push) reader.put('prometheus.enabled', names.includes('prometheus'));
    },
  };
}

export const otlpVariables: readonly Variable[] = [
  ...targetVariables,
  exporterVariable('traces'),
  exporterVariable('metrics'),
  exporterVariable('logs'),
  setting('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'otlp.metrics.temporalityPreference', asLowerCase),
];
