import { trace } from '@opentelemetry/api';
import { startMonitoring } from '@otel-monitor/node';

try {
  await startMonitoring({ sampling: { performanceSampleRate: Number(process.env.RATE) }, server: false });
} catch (error) {
  console.log(error.name, error.message);
}
console.log(`recording: ${trace.getTracer('t').startSpan('s').isRecording()}`);
