/**
 * The places that one secret is put into, by name. Each is a function of the secret with the place's name before it, and of
 * the secret alone for where there is room for nothing else; what it leaves beside the secret tells that it arrived.
 */
import { context, createTraceState, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';

const ids = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

/** Lets `act` write on a span of a library, which the SDK makes. */
const onSpan = (act) => () =>
  trace.getTracer('library').startActiveSpan('library span', (span) => {
    act(span);
    span.end();
  });

function failure(text, more = {}) {
  return Object.assign(new Error(text), more);
}

/** A feature flag that was evaluated, as an SDK of OpenFeature tells its hooks. */
function evaluated(monitor, details) {
  const { flagKey } = details;
  const hookContext = {
    flagKey,
    defaultValue: false,
    flagValueType: 'boolean',
    context: {},
    providerMetadata: { name: 'p' },
  };
  monitor.openFeatureHook().finally(hookContext, { flagMetadata: {}, ...details });
}

/** What libraries and the application record through OpenTelemetry's own API. */
export function placesOfOthers(named, secret) {
  const at = (name, act) => [name, () => act(named(name))];
  const onLibrarySpan = (name, act) => at(name, (text) => onSpan((span) => act(span, text))());
  const emitting = (name, record) => at(name, (text) => logs.getLogger('bridge').emit(record(text)));
  const meter = metrics.getMeter('library');
  const lines = [
    at('span-name', (text) => trace.getTracer('library').startSpan(text).end()),
    at('span-start-attributes', (text) =>
      trace
        .getTracer('library')
        .startSpan('s', { attributes: { note: text }, kind: SpanKind.CLIENT })
        .end(),
    ),
    at('span-start-links', (text) =>
      trace
        .getTracer('library')
        .startSpan('s', { links: [{ context: ids, attributes: { note: text } }] })
        .end(),
    ),
    at('span-scope-name', (text) => trace.getTracer(text).startSpan('s').end()),
    at('span-scope-version', (text) => trace.getTracer('library', text).startSpan('s').end()),
    at('span-scope-schema', (text) => {
      const schemaUrl = `https://example.org/${text.replace(' ', '/')}`;
      trace.getTracerProvider().getTracer('library', '1', { schemaUrl }).startSpan('s').end();
    }),
    at('span-trace-state', (text) => {
      const traceState = createTraceState(`vendor=${text.replace(' ', '/')}`);
      const parent = trace.setSpanContext(context.active(), { ...ids, traceState, isRemote: true });
      trace
        .getTracer('library')
        .startSpan('s', { links: [{ context: { ...ids, traceState } }] }, parent)
        .end();
    }),
    onLibrarySpan('span-attribute', (span, text) => span.setAttribute('db.query.text', `select '${text}'`)),
    onLibrarySpan('span-attribute-array', (span, text) => span.setAttribute('list', ['first', text])),
    onLibrarySpan('span-attribute-key', (span, text) => span.setAttribute(text, 1)),
    onLibrarySpan('span-secret-key', (span, text) =>
      span.setAttributes({ place: text.split(' ')[0], password: secret }),
    ),
    onLibrarySpan('span-secret-header', (span, text) =>
      span.setAttributes({ place: text.split(' ')[0], 'http.request.header.authorization': [secret] }),
    ),
    onLibrarySpan('span-url', (span, text) => span.setAttribute('url.full', `https://h/${text.replace(' ', '?q=')}`)),
    onLibrarySpan('span-rename', (span, text) => span.updateName(text)),
    onLibrarySpan('span-status', (span, message) => span.setStatus({ code: SpanStatusCode.ERROR, message })),
    onLibrarySpan('span-event-name', (span, text) => span.addEvent(text)),
    onLibrarySpan('span-event-attribute', (span, text) => span.addEvent('e', { note: text })),
    onLibrarySpan('span-event-key', (span, text) => span.addEvent('e', { [text]: true })),
    onLibrarySpan('span-link', (span, text) => span.addLink({ context: ids, attributes: { note: text } })),
    onLibrarySpan('span-exception-message', (span, text) => span.recordException(new Error(text))),
    onLibrarySpan('span-exception-text', (span, text) => span.recordException(text)),
    onLibrarySpan('span-exception-code', (span, code) => span.recordException({ code, message: 'm' })),
    onLibrarySpan('span-exception-stack', (span, text) =>
      span.recordException({ name: 'Error', message: 'm', stack: `Error: m\n    at ${text} (/a.js:1:1)` }),
    ),
    emitting('log-body', (body) => ({ body })),
    emitting('log-body-map', (text) => ({ body: { outer: { note: text } } })),
    emitting('log-body-key', (text) => ({ body: { outer: { [text]: 1 } } })),
    emitting('log-body-secret-key', (text) => ({ body: { place: text.split(' ')[0], auth: { deep: secret } } })),
    emitting('log-body-list', (text) => ({ body: ['first', ['second', text]] })),
    emitting('log-body-bytes', (text) => ({ body: new TextEncoder().encode(text) })),
    emitting('log-attribute', (text) => ({ body: 'b', attributes: { note: text } })),
    emitting('log-attribute-key', (text) => ({ body: 'b', attributes: { [text]: 1 } })),
    emitting('log-attribute-map', (text) => ({ body: 'b', attributes: { outer: { inner: [text] } } })),
    emitting('log-attribute-bytes', (text) => ({ body: 'b', attributes: { bytes: new TextEncoder().encode(text) } })),
    emitting('log-severity-text', (severityText) => ({ body: 'b', severityText })),
    emitting('log-event-name', (eventName) => ({ body: 'b', eventName })),
    emitting('log-exception', (text) => ({ body: 'b', exception: new Error(text) })),
    at('log-scope-name', (text) => logs.getLogger(text).emit({ body: 'b' })),
    at('log-scope-version', (text) => logs.getLogger('bridge', text).emit({ body: 'b' })),
    at('log-scope-attribute', (text) =>
      logs.getLogger('bridge', '1', { attributes: { note: text } }).emit({ body: 'b' }),
    ),
    at('metric-counter', (note) => meter.createCounter('library.calls').add(1, { note })),
    at('metric-key', (text) => meter.createCounter('library.calls').add(1, { [text]: 'value' })),
    at('metric-secret-key', (text) =>
      meter.createCounter('library.calls').add(1, { place: text.split(' ')[0], token: secret }),
    ),
    at('metric-histogram', (note) => meter.createHistogram('library.took').record(1, { note })),
    at('metric-gauge', (note) => meter.createGauge('library.level').record(1, { note })),
    at('metric-up-down', (note) => meter.createUpDownCounter('library.depth').add(1, { note })),
    at('metric-observable', (note) =>
      meter.createObservableGauge('library.seen').addCallback((result) => result.observe(1, { note })),
    ),
    at('metric-description', (description) => meter.createCounter('library.described', { description }).add(1)),
    at('metric-name', (text) => meter.createCounter(text.replace(' ', '_')).add(1)),
    at('metric-scope-name', (text) => metrics.getMeter(text).createCounter('scoped.name').add(1)),
    at('metric-scope-version', (text) => metrics.getMeter('library', text).createCounter('scoped.version').add(1)),
  ];
  return lines;
}

/** The same through the plain API on the span of an operation of ours. */
export function placesOnOperations(monitor, named, secret) {
  const onOperation = (name, act) => [
    name,
    () => monitor.operation('operation written on', () => act(trace.getActiveSpan(), named(name))),
  ];
  return [
    onOperation('operation-attribute', (span, text) => span.setAttribute('note', text)),
    onOperation('operation-attributes', (span, text) => span.setAttributes({ list: ['first', text] })),
    onOperation('operation-attribute-key', (span, text) => span.setAttribute(text, 1)),
    onOperation('operation-secret-key', (span, text) =>
      span.setAttributes({ place: text.split(' ')[0], cookie: secret }),
    ),
    onOperation('operation-event-name', (span, text) => span.addEvent(text)),
    onOperation('operation-event-attribute', (span, text) => span.addEvent('e', { note: text })),
    onOperation('operation-exception', (span, text) => span.recordException(new Error(text))),
    onOperation('operation-link', (span, text) => span.addLink({ context: ids, attributes: { note: text } })),
    onOperation('operation-status', (span, message) => span.setStatus({ code: SpanStatusCode.ERROR, message })),
    onOperation('operation-rename', (span, text) => span.updateName(text)),
  ];
}

/** What the application says in our own four words. */
export function placesOfMonitor(monitor, named, secret) {
  const at = (name, act) => [name, () => act(named(name))];
  const failing = (name, error) =>
    at(name, (text) => {
      try {
        monitor.operation('failing', () => {
          throw error(text);
        });
      } catch {
        // the error is what is recorded
      }
    });
  return [
    at('own-operation-name', (text) => monitor.operation(text, () => {})),
    at('own-dimension', (text) => monitor.operation('o', { dimensions: { note: text } }, () => {})),
    at('own-detail', (text) => monitor.operation('o', { details: { note: text } }, () => {})),
    at('own-detail-later', (text) => monitor.operation('o', (operation) => operation.detail('note', text))),
    at('own-detail-object', (text) => monitor.operation('o', { details: { outer: { inner: [text] } } }, () => {})),
    at('own-detail-secret-key', (text) =>
      monitor.operation('o', { details: { place: text.split(' ')[0], api_key: secret } }, () => {}),
    ),
    at('own-link', (text) =>
      monitor.operation('o', { links: [{ context: ids, attributes: { note: text } }] }, () => {}),
    ),
    failing('own-error-message', (text) => failure(text)),
    failing('own-error-stack', (text) =>
      failure('m', { stack: `Error: m\n    at f (/opt/${text.replace(' ', '/')}/a.js:1:1)` }),
    ),
    failing('own-error-text', (text) => text),
    at('own-capture-details', (text) => monitor.captureError(failure('m'), { details: { note: text } })),
    at('own-capture-endpoint', (text) =>
      monitor.captureError(failure('m'), { endpoint: `/${text.replace(' ', '/')}` }),
    ),
    at('own-track-message', (text) => monitor.trackError('SomeError', text)),
    at('own-feature-name', (text) => monitor.trackFeature(text, 'used')),
    at('own-feature-action', (text) => monitor.trackFeature('f', text)),
    at('own-workflow-name', (text) => monitor.startWorkflow(text).complete()),
    at('own-workflow-step', (text) => {
      const workflow = monitor.startWorkflow('w');
      workflow.step(text);
      workflow.complete();
    }),
    at('own-flag', (text) => evaluated(monitor, { flagKey: text, value: true, variant: 'on' })),
    at('own-flag-variant', (text) => evaluated(monitor, { flagKey: 'flag', value: true, variant: text })),
    at('own-flag-failure', (text) =>
      evaluated(monitor, { flagKey: 'flag', value: true, errorCode: 'GENERAL', errorMessage: text, reason: 'ERROR' }),
    ),
    at('own-cache-name', (text) => monitor.cache(text).hit()),
    at('own-check-name', (text) => monitor.health.addCheck({ name: text, check: () => true })),
    at('own-check-failure', (text) =>
      monitor.health.addCheck({
        name: 'failing check',
        check: () => {
          throw failure(text);
        },
        recovery: `ask ${text}`,
      }),
    ),
    at('own-heartbeat-name', (text) => monitor.health.heartbeat(text, { everySeconds: 30 })),
    at('own-collector-name', (text) => monitor.addCollector(text, () => ({ depth: 1 }))),
  ];
}

/** Places of which the policy, or what bounds them, leaves not even the name. */
export function placesThatVanish(monitor, named, secret) {
  const at = (name, act) => [name, () => act(named(name))];
  return [
    at('own-detail-key', (text) => monitor.operation('o', { details: { [text]: 1, [secret]: 2 } }, () => {})),
    at('own-dimension-key', (text) => monitor.operation('o', { dimensions: { [text]: 'v', [secret]: 'v' } }, () => {})),
    at('own-detail-nested-key', (text) => monitor.operation('o', { details: { outer: { [text]: 1 } } }, () => {})),
    at('own-detail-later-key', (text) => monitor.operation('o', (operation) => operation.detail(text, 1))),
    at('own-error-name', (text) => monitor.captureError(failure('m', { name: text }))),
    at('own-error-name-alone', () => monitor.captureError(failure('m', { name: secret }))),
    at('own-error-code', (text) => monitor.captureError(failure('m', { code: text }))),
    at('own-error-code-alone', () => monitor.captureError(failure('m', { code: secret }))),
    at('own-error-cause', (text) => monitor.captureError(failure('outer', { cause: failure(text) }))),
    at('own-error-aggregate', (text) => monitor.captureError(new AggregateError([failure(text)], 'several'))),
    at('own-error-object', (text) => monitor.captureError({ note: text, toString: () => text })),
    at('own-capture-method', (text) => monitor.captureError(failure('m'), { method: text })),
    at('own-capture-user', (text) => monitor.captureError(failure('m'), { userId: text })),
    at('own-capture-operation', (text) => monitor.captureError(failure('m'), { operation: text })),
    at('own-track-type', (text) => monitor.trackError(text, 'm', text)),
    at('own-track-type-alone', () => monitor.trackError(secret, 'm', secret)),
    at('own-feature-error', (text) => monitor.trackFeature('f', 'used', { success: false, error: text })),
    at('own-feature-error-alone', () => monitor.trackFeature('f', 'used', { success: false, error: secret })),
    at('own-workflow-fail', (text) => monitor.startWorkflow('w').fail?.(failure(text))),
    at('own-user', (text) => monitor.trackUser(text)),
    at('own-workflow-user', (text) => monitor.startWorkflow('w', { userId: text }).complete()),
    at('own-workflow-variant', (text) =>
      monitor.startWorkflow('w', { variants: { flag: text, [text]: 'v' } }).complete(),
    ),
    at('own-collector-key', (text) => monitor.addCollector('c', () => ({ [text]: 1, [secret]: 2 }))),
  ];
}
