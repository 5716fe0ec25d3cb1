/**
 * Monitoring started by the bundle of @otel-monitor/node, with a monitor of the bundle of @otel-monitor/monitor and
 * concepts of the packages themselves, each a copy of its own of what lies below them.
 */
import { metricStore } from '@otel-monitor/bound-metrics';
import { ConfigError } from '@otel-monitor/config';
import { Errors } from '@otel-monitor/errors';
import { createMonitor } from '@otel-monitor/monitor';
import { ConfigError as BundledConfigError, startMonitoring } from '@otel-monitor/node';
import { currentOperation, Operations } from '@otel-monitor/operations';
import { runtimeState } from '@otel-monitor/runtime';

const monitoring = await startMonitoring({
  otlp: { endpoint: process.env.SINK },
  server: false,
  host: { enabled: false },
});
const application = createMonitor({ name: 'application' });
const errors = new Errors({ name: 'library' }, currentOperation);
const library = new Operations({ name: 'library' }, (error, operation) => errors.operationFailed(error, operation));

const corrupt = new RangeError('corrupt');
const names = [];
try {
  monitoring.monitor.operation('started', () =>
    application.operation('imported', () =>
      library.run('unbundled', undefined, () => {
        for (let one = currentOperation(); one !== undefined; one = one.parent) names.push(one.name);
        application.captureError(corrupt);
        throw corrupt;
      }),
    ),
  );
} catch (error) {
  errors.capture(error);
}
const refused = await startMonitoring.call(undefined, { server: { port: -1 } }).then(
  () => 'runs already',
  () => 'refused',
);
let configError;
await monitoring.shutdown();
try {
  await startMonitoring({ server: { port: -1 } });
} catch (error) {
  configError = [error instanceof ConfigError, error instanceof BundledConfigError, error instanceof TypeError];
}
const sum = (name) => {
  let total = 0;
  for (const { all } of metricStore.scopes) {
    for (const { definition, all: series } of all)
      if (definition.name === name) for (const { value } of series) total += value;
  }
  return total;
};
console.log(
  JSON.stringify({ names, refused, configError, errors: sum('monitor.errors'), metrics: runtimeState.metrics }),
);
