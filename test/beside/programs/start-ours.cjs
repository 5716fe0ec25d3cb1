/** Ours, as an application starts it: the SDK of `node`, or where that cannot be (SDK 3), attach and http. */
async function startOurs() {
  if (process.env.ATTACH === undefined) {
    const { startMonitoring } = require('@otel-monitor/node');
    return startMonitoring();
  }
  const { attach } = require('@otel-monitor/attach');
  const { loadConfig } = require('@otel-monitor/config');
  const { monitorHttpClients, monitorHttpServers } = require('@otel-monitor/http');
  globalThis.ours ??= attach(loadConfig().config);
  monitorHttpServers();
  monitorHttpClients();
  return globalThis.ours;
}

module.exports = { startOurs };
if (process.env.ATTACH === 'first') startOurs();
