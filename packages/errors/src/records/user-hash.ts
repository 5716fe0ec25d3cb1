export { userHash } from '@otel-monitor/runtime';
