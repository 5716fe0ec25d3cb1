/** The monitor with so many names of operations offered to it, one after the other: few fit into its bounds. */
import { setUp as setUpMonitor } from './with-monitor.mjs';

/** Every name is offered at least once before anything is measured, and as often whatever their number is. */
const PRIMING_CALLS = 100_000;

export async function setUp({ names: count, ...settings }) {
  const { monitor, ...recording } = await setUpMonitor(settings);
  const names = Array.from({ length: count }, (_, i) => inOnePiece(`operation number ${i}`));
  const heapBefore = heapUsed();
  let at = 0;
  const sync = (i) => {
    at = at + 1 < count ? at + 1 : 0;
    return monitor.operation(names[at], { dimensions: { rom_type: 'sfc' } }, (operation) => {
      operation.detail('sprites', i);
      return i + 1;
    });
  };
  return {
    ...recording,
    sync,
    prime: () => {
      for (let i = 0; i < PRIMING_CALLS; i += 1) sync(i);
    },
    heap: () => heapUsed() - heapBefore,
  };
}

/** A string that V8 has put together already: else doing so would count as the monitor's memory. */
function inOnePiece(text) {
  return Buffer.from(text).toString();
}

/** Bytes that are in use, without garbage: the process runs with --expose-gc. */
function heapUsed() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
