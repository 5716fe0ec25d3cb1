/** What `--only` chooses from. A part's module is loaded when it runs, so that one that fails takes no other with it. */
export const PARTS = [
  {
    word: 'operations',
    title: 'operation() against the same telemetry by hand, sampled and at 1 %',
    measure: async (...args) => (await import('./measure-operations.mjs')).measureOperations(...args),
  },
  {
    word: 'rate',
    title: 'total CPU at 2,000 operations a second against by hand',
    measure: async (...args) => (await import('./measure-rate.mjs')).measureRate(...args),
  },
  {
    word: 'peers',
    title: 'operation(), sampled, against Sentry and dd-trace',
    measure: async (...args) => (await import('./measure-peers.mjs')).measurePeers(...args),
  },
  {
    word: 'names',
    title: 'operation() with 10, 1,000 and 100,000 names offered',
    measure: async (...args) => (await import('./measure-names.mjs')).measureNames(...args),
  },
  {
    word: 'disabled',
    title: 'operation() of a monitor that is disabled against an empty call',
    measure: async (...args) => (await import('./measure-disabled.mjs')).measureDisabled(...args),
  },
  {
    word: 'records',
    title: 'bound histogram record against prom-client and the SDK, and with more readers',
    measure: async (...args) => (await import('./measure-records.mjs')).measureRecords(...args),
  },
  {
    word: 'scrape',
    title: 'scrape of 5,000 histogram series against prom-client',
    measure: async (_sink, settings) => (await import('./measure-scrape.mjs')).measureScrape(settings),
  },
  {
    word: 'service',
    title: 'memory and CPU added to a bare HTTP service, idle and under load',
    measure: async (...args) => (await import('./measure-service.mjs')).measureService(...args),
  },
  {
    word: 'http',
    title: 'CPU added to HTTP requests, in and out, against the official instrumentations',
    measure: async (...args) => (await import('./measure-http.mjs')).measureHttp(...args),
  },
  {
    word: 'latency',
    title: 'time added to the answers of an HTTP server, and CPU to a handler of 5 ms',
    measure: async (...args) => (await import('./measure-http-latency.mjs')).measureHttpLatency(...args),
  },
  {
    word: 'start',
    title: 'start-up added to a bare HTTP service, against sdk-node',
    measure: async (...args) => (await import('./measure-start.mjs')).measureStart(...args),
  },
  {
    word: 'logs',
    title: 'a log line with the fields of its span against one without',
    measure: async (...args) => (await import('./measure-logs.mjs')).measureLogs(...args),
  },
  {
    word: 'errors',
    title: "captureError against the SDK's recordException, and the memory of error groups",
    measure: async (...args) => (await import('./measure-errors.mjs')).measureErrors(...args),
  },
  {
    word: 'redaction',
    title: 'redaction of a megabyte of adversarial text, of a stack, of values without text',
    measure: async (...args) => (await import('./measure-redaction.mjs')).measureRedaction(...args),
  },
  {
    word: 'host',
    title: 'a reading of the host',
    measure: async (...args) => (await import('./measure-host.mjs')).measureHost(...args),
  },
];

/**
 * The parts that are named, with commas between; all of them when none is. Throws on a word that is none.
 * @param {string | undefined} only
 */
export function partsOf(only) {
  if (only === undefined) return PARTS;
  const words = only.split(',');
  const unknown = words.filter((word) => !PARTS.some((part) => part.word === word));
  if (unknown.length > 0) {
    throw new Error(`--only ${unknown.join(',')}: the parts are ${PARTS.map(({ word }) => word).join(', ')}`);
  }
  return PARTS.filter(({ word }) => words.includes(word));
}
