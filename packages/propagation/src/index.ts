export type { B3Encoding } from './b3-propagator.js';
export { B3Propagator } from './b3-propagator.js';
export { BaggagePropagator } from './baggage-propagator.js';
export { withRemoteParent } from './remote-parent.js';
export { isTracingSuppressed, UNTRACED } from './suppressed-tracing.js';
export { TraceContextPropagator } from './trace-context-propagator.js';
export { readTraceState, TraceStateList } from './trace-state.js';
export { readTraceparent, writeTraceparent } from './traceparent.js';
