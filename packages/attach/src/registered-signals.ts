import { createNoopMeter, metrics, type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { hasLoggerProvider } from '@otel-monitor/runtime';

/** Which signals have a provider already: a vendor's distribution, the user's own SDK, or ours. */
export interface RegisteredSignals {
  readonly traces: boolean;
  readonly metrics: boolean;
  readonly logs: boolean;
}

/** Looks at the globals of the API; registers and changes nothing. */
export function registeredSignals(): RegisteredSignals {
  return { traces: hasTracerProvider(), metrics: hasMeterProvider(), logs: hasLoggerProvider() };
}

function hasTracerProvider(): boolean {
  const provider = trace.getTracerProvider() as Partial<ProxyTracerProvider>;
  // the API's proxy has a delegate from the moment a provider is registered; anything but the proxy is a provider
  if (typeof provider.getDelegateTracer !== 'function') return true;
  return provider.getDelegateTracer('@otel-monitor/attach') !== undefined;
}

function hasMeterProvider(): boolean {
  // the no-op meter is one object
  return metrics.getMeterProvider().getMeter('@otel-monitor/attach') !== createNoopMeter();
}
