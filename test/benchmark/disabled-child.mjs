/** Measures an empty call, and the same call through a monitor that is disabled, in a process of its own. */
const { variant, isAsync, count } = JSON.parse(process.argv[2]);

const variants = {
  'an empty call': async () => call,
  'enabled: false': () => disabledBy({ enabled: false }),
  // the parent sets it
  'OTEL_SDK_DISABLED=true': () => disabledBy({}),
};

const callback = isAsync ? async () => 1 : () => 1;
const make = await variants[variant]();
const run = isAsync
  ? async (times) => {
      let sum = 0;
      for (let i = 0; i < times; i += 1) sum += await make();
      return sum;
    }
  : (times) => {
      let sum = 0;
      for (let i = 0; i < times; i += 1) sum += make();
      return sum;
    };

await run(count / 4);
const start = process.cpuUsage();
const sum = await run(count);
const { user, system } = process.cpuUsage(start);
if (sum !== count) throw new Error(`${variant}: ${sum} of ${count} calls came back`);
process.send({ type: 'result', result: { nanosPerCall: (1000 * (user + system)) / count } }, () => process.exit());

function call() {
  return callback();
}

async function disabledBy(options) {
  const { createMonitor } = await import('@otel-monitor/monitor');
  const { startMonitoring } = await import('@otel-monitor/node');
  const { collectStore, metricStore } = await import('@otel-monitor/bound-metrics');
  await startMonitoring({ service: { name: 'benchmark' }, server: { port: 0 }, ...options });
  const monitor = createMonitor({ name: 'benchmark' });
  const disabled = () => monitor.operation('sprite_extraction', { dimensions: { rom_type: 'sfc' } }, callback);
  await disabled();
  const recorded = collectStore(metricStore).filter(({ scope }) => scope.name === 'benchmark');
  if (recorded.length > 0) throw new Error(`${variant}: the operation was recorded`);
  return disabled;
}
