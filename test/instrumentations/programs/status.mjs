// Prints what has become of the instrumentations, after two libraries were loaded.
import { startMonitoring } from '@otel-monitor/node';
import 'express';
import 'koa';

const monitoring = await startMonitoring();
console.log(JSON.stringify(monitoring.status().instrumentations));
