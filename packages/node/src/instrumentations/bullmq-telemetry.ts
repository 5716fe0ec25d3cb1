import type { Exports, LibraryPatch } from './library-patch.js';

type Class = new (...args: unknown[]) => object;

/** The classes of BullMQ that take `telemetry`, and which argument of their constructor has the options. */
const OPTIONS_AT: Readonly<Record<string, number>> = { Queue: 1, Worker: 2, FlowProducer: 0 };

/**
 * Every queue, worker and flow of BullMQ gets the telemetry of `bullmq-otel` that its makers want to be given by code. One
 * that was given its own keeps it.
 */
export const bullmqTelemetry: LibraryPatch = {
  library: 'bullmq',
  versions: ['>=6.0.0 <7'],
  replace(exported, found, options) {
    const { BullMQOtel } = found.load() as { BullMQOtel: Class };
    const telemetry = new BullMQOtel({ tracerName: 'bullmq', ...options });
    const replacements: Exports = {};
    for (const [name, index] of Object.entries(OPTIONS_AT)) {
      const original = exported[name];
      if (typeof original === 'function') replacements[name] = withTelemetry(original as Class, index, telemetry);
    }
    return replacements;
  },
};

function withTelemetry(original: Class, index: number, telemetry: object): Class {
  const patched = class extends original {
    constructor(...args: unknown[]) {
      const given = args[index] as object | undefined;
      const all = [...args];
      all[index] = { telemetry, ...given };
      super(...all);
    }
  };
  Object.defineProperty(patched, 'name', { value: original.name });
  return patched;
}
