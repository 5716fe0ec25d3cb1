import { createMonitor } from '@otel-monitor/monitor';

/** One for the sender and one for the worker: each thread loads this file for itself. */
export const monitor = createMonitor({ name: 'queue-example', version: '1.0.0' });

/** By the semantic conventions for messaging, as details of operations. */
export const MESSAGING = { 'messaging.system': 'example' } as const;
