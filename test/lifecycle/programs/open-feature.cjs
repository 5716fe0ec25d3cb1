const { InMemoryProvider, OpenFeature } = require('@openfeature/server-sdk');
const { createMonitor } = require('@otel-monitor/monitor');
const { startMonitoring } = require('@otel-monitor/node');
const { flagUsage } = require('@otel-monitor/usage');
const { evaluateFlags } = require('./evaluate-flags.cjs');

evaluateFlags({ InMemoryProvider, OpenFeature, createMonitor, startMonitoring, flagUsage });
