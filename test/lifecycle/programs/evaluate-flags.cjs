/** Evaluates flags with the real SDK, within and without operations, and prints what is known of them. */
exports.evaluateFlags = async ({ InMemoryProvider, OpenFeature, createMonitor, startMonitoring, flagUsage }) => {
  const monitoring = await startMonitoring({
    service: { name: 'shop' },
    server: false,
    otlp: { endpoint: process.env.SINK },
  });
  const monitor = createMonitor({ name: 'shop' });
  await OpenFeature.setProviderAndWait(
    new InMemoryProvider({
      checkout: {
        variants: { long: 'long', short: 'short' },
        defaultVariant: 'long',
        disabled: false,
        contextEvaluator: ({ targetingKey }) => (Number(targetingKey?.slice(2)) % 2 === 0 ? 'short' : 'long'),
      },
    }),
  );
  OpenFeature.addHooks(monitor.openFeatureHook());
  const flags = OpenFeature.getClient();
  for (let user = 0; user < 6; user++) {
    await monitor.operation('order', async () => {
      const variant = await flags.getStringValue('checkout', 'long', { targetingKey: `u-${user}` });
      await monitor.operation('pay', async () => {
        const run = monitor.startWorkflow('checkout');
        run.step('address');
        if (variant === 'short' || user === 1) run.complete();
        else run.fail('PaymentRefused');
      });
    });
  }
  await flags.getBooleanValue('missing', true);
  await monitoring.shutdown();
  console.log(JSON.stringify(flagUsage()));
};
