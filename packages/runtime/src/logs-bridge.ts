import type { Attributes, Context } from '@opentelemetry/api';
import { processWide } from './registry.js';

/** A log record as both logs APIs take it (specification, Logs API, "Emit a LogRecord"). */
export interface BridgedLogRecord {
  readonly eventName?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: string;
  readonly attributes?: Attributes;
  readonly context?: Context;
  /** Milliseconds since the epoch. */
  readonly timestamp?: number;
}

interface Logger {
  emit(record: BridgedLogRecord): void;
}

interface LoggerProvider {
  getLogger(name: string, version?: string): Logger;
}

/** The global of @opentelemetry/api-logs 0.x: a function that takes the version of the API, 1. */
const API_LOGS_KEY = Symbol.for('io.opentelemetry.js.api.logs');
/** The global of @opentelemetry/api 1.x, which from 1.10 on holds a logger provider too. */
const API_KEY = Symbol.for('opentelemetry.js.api.1');

function loggerProvider(): LoggerProvider | undefined {
  const globals = globalThis as {
    [API_LOGS_KEY]?: (version: number) => LoggerProvider | undefined;
    [API_KEY]?: { logs?: LoggerProvider };
  };
  return globals[API_LOGS_KEY]?.(1) ?? globals[API_KEY]?.logs;
}

/** Whether a logger provider is registered, in whichever logs API is there. */
export function hasLoggerProvider(): boolean {
  return loggerProvider() !== undefined;
}

/** Whether the record that is being emitted right now, synchronously, is one of ours. */
const emitting = processWide('emitting-log-record', () => ({ isOwn: false }));

/**
 * Emits a log record to whichever logs API is there; without one it does nothing. What it says must be redacted: a
 * pipeline of ours does not look at it again. Never throws.
 */
export function emitLog(scope: { name: string; version?: string }, record: BridgedLogRecord): void {
  try {
    const logger = loggerProvider()?.getLogger(scope.name, scope.version);
    emitting.isOwn = true;
    logger?.emit(record);
  } catch {
    // a foreign provider that throws must not reach the application
  } finally {
    emitting.isOwn = false;
  }
}

/** For a processor of log records, while it is told of one: whether `emitLog` emits it, so that its text is redacted. */
export function isOwnLogRecord(): boolean {
  return emitting.isOwn;
}
