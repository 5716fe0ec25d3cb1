import { described, group, millis, oneOf, oneOfOr, switchable, textLike, textThat } from './fields.js';
import { Table } from './schema.js';

const ADDRESS = 'an address that begins with http:// or https://';
const HEADER_VALUE = 'the value of a header: text without line breaks and without letters beyond Latin 1';
const PROTOCOLS = ['http/json', 'http/protobuf'] as const;

const address = () => textThat(isHttpAddress, ADDRESS);

const protocol = () =>
  oneOfOr(PROTOCOLS, (value) =>
    value === 'grpc' ? 'gRPC is not supported, send to the HTTP port of the Collector (4318)' : undefined,
  );

const headers = () =>
  new Table<Record<string, string>>(
    textLike(/^[\t\x20-\x7e\x80-\xff]*$/, HEADER_VALUE),
    'names of headers, made of letters, digits and dashes',
    (name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name),
  );

const target = {
  headers: described('Headers of every request. Those of one signal replace those for all.', headers()),
  timeoutMillis: described('Longest time of one request, in milliseconds.', millis()),
  compression: described('Compression of requests.', oneOf('none', 'gzip')),
  protocol: described('Encoding that is asked for.', protocol()),
};

const signalTarget = (path: string) => ({
  endpoint: described(`The whole address, used as it is. Left out: the common endpoint and ${path}.`, address()),
  ...target,
});

const metricsTarget = {
  ...signalTarget('/v1/metrics'),
  temporalityPreference: described(
    'Whether counters and histograms are pushed as totals since the start, or as what is new since the last push.',
    oneOf('cumulative', 'delta', 'lowmemory'),
  ),
};

/** Where signals are pushed to. */
export const otlpSchema = switchable(
  group({
    endpoint: described('Base address of the Collector; /v1/traces, /v1/metrics and /v1/logs are added.', address()),
    ...target,
    traces: described(
      'The target of traces; false: they are not pushed.',
      switchable(group(signalTarget('/v1/traces'))),
    ),
    metrics: described('The target of metrics; false: they are not pushed.', switchable(group(metricsTarget))),
    logs: described(
      'The target of log records; false: they are not pushed.',
      switchable(group(signalTarget('/v1/logs'))),
    ),
  }),
);

function isHttpAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && !/\s/.test(value) && URL.canParse(value);
}
