import { createServer, type RequestListener, type Server } from 'node:http';
import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type HistogramPoint, type RecordOptions, recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, expect } from 'vitest';
import { monitorHttpServers } from '../src/index.js';
import { listening, until } from './on-loopback.js';

/** What was recorded of requests to servers of this test, and the servers themselves, which end with it. */
export interface RecordedRequests {
  readonly telemetry: Telemetry;
  /** Listens; gives the port. */
  serve(served: RequestListener | Server): Promise<number>;
  /** Whatever is to be done at the end of the test. */
  finally(step: () => unknown): void;
  /** Attributes of the duration, one for each outcome, once so many requests have ended. Nothing is open then. */
  outcomes(count?: number): Promise<Attributes[]>;
  /** The spans of requests. */
  spans(): ReadableSpan[];
  active(): Promise<number>;
}

/** Records each test of a file anew. */
export function recordRequests({
  isBeside = true,
  ...options
}: RecordOptions & { isBeside?: boolean } = {}): RecordedRequests {
  const steps: (() => unknown)[] = [];
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = recordTelemetry(options);
    if (isBeside) steps.push(monitorHttpServers());
  });
  afterEach(async () => {
    for (const step of steps.splice(0).reverse()) await step();
    telemetry.stop();
  });

  const durations = async () => (await telemetry.metric('http.server.request.duration')) as HistogramPoint[];
  const active = async () => {
    const points = await telemetry.metric('http.server.active_requests');
    return points.reduce((sum, point) => sum + ('value' in point ? point.value : 0), 0);
  };
  return {
    get telemetry() {
      return telemetry;
    },
    async serve(served) {
      const { port, close } = await listening(typeof served === 'function' ? createServer(served) : served);
      steps.push(close);
      return port;
    },
    finally: (step) => void steps.push(step),
    async outcomes(count = 1) {
      const counted = async () => (await durations()).reduce((sum, point) => sum + point.count, 0);
      await until(async () => (await counted()) >= count);
      expect(await counted()).toBe(count);
      expect(await active()).toBe(0);
      return (await durations()).map(({ attributes }) => attributes);
    },
    spans: () => telemetry.spans().filter(({ kind }) => kind === SpanKind.SERVER),
    active,
  };
}
