/** The same operations by dd-trace, which sends to its agent every two seconds; here the sink is the agent. */
import { setTimeout as wait } from 'node:timers/promises';
import { NAME, ROM_TYPE, ROOT_NAME, work } from './work.mjs';

const FLUSH_INTERVAL_MILLIS = 2000;

/** What would talk to more than the agent's traces, or print. */
const QUIET = {
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
  DD_CRASHTRACKING_ENABLED: 'false',
  DD_TRACE_STARTUP_LOGS: 'false',
};

export async function setUp({ sink, peer }) {
  Object.assign(process.env, QUIET, { DD_TRACE_AGENT_URL: sink });
  const { default: ddTrace } = await import(peer);
  const tracer = ddTrace.init({ service: 'benchmark', version: '1.0.0' });
  const options = () => ({ tags: { rom_type: ROM_TYPE } });
  return {
    sync: (i) =>
      tracer.trace(NAME, options(), (span) => {
        span.setTag('sprites', i);
        return work(i);
      }),
    async: (i) =>
      tracer.trace(NAME, options(), async (span) => {
        span.setTag('sprites', i);
        return work(i);
      }),
    within: (callback) => tracer.trace(ROOT_NAME, {}, callback),
    // it has no way to be asked
    flush: () => wait(FLUSH_INTERVAL_MILLIS + 500),
    points: async () => [],
  };
}
