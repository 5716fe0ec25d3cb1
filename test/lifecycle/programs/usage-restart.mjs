import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({ service: { name: 'restarted' }, server: false });
const { monitor } = monitoring;
// what an earlier process kept is read after the start
const deadline = Date.now() + 5000;
while (process.argv[2] === 'again' && monitor.usage.workflow('import') === undefined && Date.now() < deadline) {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
await OpenFeature.setProviderAndWait(
  new InMemoryProvider({ uploader: { variants: { on: true, off: false }, defaultVariant: 'on', disabled: false } }),
);
OpenFeature.addHooks(monitor.openFeatureHook());
const flags = OpenFeature.getClient();
for (const user of ['u-1', process.argv[2] === 'again' ? 'u-3' : 'u-2']) {
  await flags.getBooleanValue('uploader', false, { targetingKey: user });
  const run = monitor.startWorkflow('import', { userId: user });
  run.step('upload');
  monitor.trackFeature('upload', 'used', { userId: user });
  // the other one is in progress when the process ends
  if (user === 'u-1') run.complete();
}
await monitoring.shutdown();
const { runs, steps, variants } = monitor.usage.workflow('import');
console.log(
  JSON.stringify({ runs, reached: steps.map(({ reached }) => reached), variants, flags: monitor.usage.flags() }),
);
