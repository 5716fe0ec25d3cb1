/**
 * Records each of the fifty secrets in every place, by OpenTelemetry's own API and by the monitor, and ends. REDACTION=off
 * switches the policy of the process off.
 */
import { context, createTraceState, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { startMonitoring } from '@otel-monitor/node';
import { harmlessValues, plantedSecrets } from './planted-secrets.mjs';

const monitoring = await startMonitoring({
  otlp: { endpoint: process.env.COLLECTOR },
  server: false,
  redaction: { enabled: process.env.REDACTION !== 'off' },
});
const { monitor } = monitoring;
const tracer = trace.getTracer('library');
const logger = logs.getLogger('bridge');
const meter = metrics.getMeter('library');
const ids = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
const counter = meter.createCounter('library.calls');
const histogram = meter.createHistogram('library.took');

/** @param {string} name @param {(span: import('@opentelemetry/api').Span) => void} act */
const span = (name, act) =>
  tracer.startActiveSpan(name, (started) => {
    act(started);
    started.end();
  });

for (const { what, text, secret } of plantedSecrets) {
  const place = what;
  span('attributes', (one) =>
    one.setAttributes({
      ...{
        place,
        note: text,
        list: ['first', text],
        'url.full': text,
        'db.query.text': `select '${secret}'`,
        'app.password': secret,
      },
      ...{ 'http.request.header.authorization': [secret], 'process.command_args': ['node', '--token', secret] },
    }),
  );
  span(text, (one) => one.setAttribute('place', place));
  span('status', (one) => one.setStatus({ code: SpanStatusCode.ERROR, message: text }));
  span('events', (one) => {
    one.addEvent('event', { note: text, 'client.secret': secret });
    one.addEvent(text);
    one.recordException(Object.assign(new Error(text), { stack: `Error: ${text}\n    at f (/srv/app/a.js:1:1)` }));
  });
  trace.getTracer(text, text).startSpan('scope').end();
  // a value of a trace state has no line break, comma or equals sign (W3C Trace Context)
  const traceState = createTraceState(`vendor=${/[^\x20-\x7e]|[,=]/.test(text) ? 'none' : text}`);
  tracer.startSpan('state', {}, trace.setSpanContext(context.active(), { ...ids, traceState, isRemote: true })).end();

  logger.emit({ body: text, attributes: { place } });
  logger.emit({ body: { outer: { note: text, api_key: secret, list: [{ deep: text }] } }, attributes: { place } });
  logger.emit({ body: ['first', ['second', text]], attributes: { place } });
  logger.emit({ body: new TextEncoder().encode(text), attributes: { place } });
  logger.emit({
    body: 'b',
    severityText: text,
    eventName: text,
    attributes: { note: text, outer: { inner: [text] }, pwd: secret },
  });
  logger.emit({ body: 'b', exception: new Error(text) });

  counter.add(1, { place, note: text, token: secret });
  histogram.record(1, { place, note: text });

  monitor.operation('own', { dimensions: { note: text }, details: { note: text, 'db.password': secret } }, () => {});
  monitor.captureError(new Error(text), { details: { note: text }, endpoint: `/a?${text}` });
}
span('harmless', (one) => {
  for (const [index, value] of harmlessValues.entries()) one.setAttribute(`harmless.${index}`, value);
  one.setAttributes({
    'session.id': 'c0ffee',
    password_length: 12,
    'token.type': 'bearer',
    ratio: 0.4111111111111111,
    count: 4096,
    list: ['a', 'b'],
  });
});
for (const body of harmlessValues) logger.emit({ body, eventName: 'harmless' });
logger.emit({ body: { level: 30, nested: { status: 'fine', at: 1795478400000 } }, eventName: 'harmless-map' });

await monitoring.shutdown();
