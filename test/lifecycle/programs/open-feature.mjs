import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { flagUsage } from '@otel-monitor/usage';
import { evaluateFlags } from './evaluate-flags.cjs';

await evaluateFlags({ InMemoryProvider, OpenFeature, createMonitor, startMonitoring, flagUsage });
