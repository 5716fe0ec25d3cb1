/** Datadog's tracer; its traces go to OWNER as to an agent. */
process.env.DD_TRACE_AGENT_URL = process.env.OWNER;
require('dd-trace/init');
if (process.env.DATADOG_IS_PROVIDER) new (require('dd-trace').TracerProvider)().register();

globalThis.peer = { shutdown: () => new Promise((resolve) => setTimeout(resolve, 2500)) };
