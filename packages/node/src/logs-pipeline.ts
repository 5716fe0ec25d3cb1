import type { MeterProvider } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import type { Resource } from '@opentelemetry/resources';
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { withDeadline } from '@otel-monitor/runtime';
import type { BatchQueueLimits } from './batch-queue.js';
import { type LogQueue, logQueue } from './log-queue.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { type OwnPipeline, queuedPipeline } from './own-pipeline.js';
import { withCleanScope } from './redaction/clean-scope.js';

export interface LogsSettings {
  readonly resource: Resource;
  /** Undefined: log records are dropped as they are made. */
  readonly endpoint: OtlpEndpoint | undefined;
  readonly limits: BatchQueueLimits;
  readonly attributeValueLength: number;
  readonly attributeCount: number;
  /** Takes the self-metrics `otel.sdk.*`. */
  readonly meterProvider: MeterProvider;
}

/** Builds and registers the logger provider; synchronous. */
export function startLogs(settings: LogsSettings): OwnPipeline {
  const { endpoint, meterProvider } = settings;
  const queued = endpoint === undefined ? undefined : logQueue(endpoint, settings.limits, meterProvider);
  const provider = new LoggerProvider({
    resource: settings.resource,
    logRecordLimits: {
      attributeValueLengthLimit: settings.attributeValueLength,
      attributeCountLimit: settings.attributeCount,
    },
    processors: queued === undefined ? [] : [queueRecords(queued)],
    meterProvider,
  });
  provider.getLogger = withCleanScope(provider.getLogger.bind(provider));
  logs.setGlobalLoggerProvider(provider);
  return queuedPipeline(queued, async (timeoutMillis) => {
    await withDeadline(provider.shutdown(), timeoutMillis);
    logs.disable();
  });
}

function queueRecords(queued: LogQueue): LogRecordProcessor {
  return {
    onEmit: (record) => queued.push(record),
    forceFlush: () => queued.flush(PROVIDER_FLUSH_MILLIS),
    shutdown: () => Promise.resolve(),
  };
}

/** How long a flush may take that somebody asks of the provider itself. */
const PROVIDER_FLUSH_MILLIS = 10_000;
