import type { InterfaceReading } from '../host-reading.js';
import { wholeLines } from './digits.js';

/** Loopback is no network; `veth` ends come and go with containers and are counted at their bridge. */
const LEFT_OUT = /^(?:lo$|veth)/;
/** More interfaces than a program looks at; what is beyond is left out. */
const MAX_INTERFACES = 64;

/**
 * Network interfaces that have carried anything, from /proc/net/dev (proc(5)): two lines of heading, then the name, a
 * colon, eight counters of receiving and eight of transmitting. Old kernels write no blank behind the colon.
 */
export function parseInterfaces(text: string): InterfaceReading[] {
  const interfaces: InterfaceReading[] = [];
  for (const line of wholeLines(text)) {
    // the name of an alias has a colon itself
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim();
    const counters = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/);
    if (name === '' || counters.length < 16 || LEFT_OUT.test(name)) continue;
    const received = Number(counters[0]);
    const transmitted = Number(counters[8]);
    // an interface that carried nothing says nothing; NaN is not above zero either
    if (!(received + transmitted > 0)) continue;
    if (interfaces.length >= MAX_INTERFACES) break;
    interfaces.push({ name, received, transmitted });
  }
  return interfaces;
}
