/**
 * `node --import @otel-monitor/node/register app.js` (or `--require`): monitors a program that was not changed, from the
 * environment and the file named in `OTEL_MONITOR_CONFIG`, and lets the instrumentations that it has installed look into
 * its libraries. When the configuration cannot be used it says why, and the program runs unmonitored.
 */
import { startMonitoring } from './index.js';
import { startInstrumentations } from './instrumentations/start-instrumentations.js';

startMonitoring().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : 'an unknown error';
  process.stderr.write(`otel-monitor: ${reason}\notel-monitor: the program runs unmonitored\n`);
});
// the providers are registered by now, and the program's libraries are not loaded yet
startInstrumentations();
