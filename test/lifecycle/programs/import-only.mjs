import '@otel-monitor/monitor';
import '@otel-monitor/node';

console.log('imported');
