import type { CpuTimes } from '../host-reading.js';
import { digitsAt } from './digits.js';

/** USER_HZ, the unit of /proc/stat: 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU times of all processors from /proc/stat (proc(5)): the first line, `cpu user nice system idle iowait irq softirq
 * steal …`; kernels before 2.6 have the first four only. Guest time is in user and nice already.
 */
export function parseCpuTimes(text: string): CpuTimes | undefined {
  if (!text.startsWith('cpu ')) return undefined;
  const end = text.indexOf('\n');
  const ticks: number[] = [];
  let at = 4;
  while (ticks.length < 8) {
    const digits = digitsAt(text, at);
    if (digits === undefined || digits.end > end) break;
    ticks.push(digits.value / TICKS_PER_SECOND);
    at = digits.end;
  }
  const [user, nice, system, idle, iowait, irq, softirq, steal] = ticks;
  if (user === undefined || nice === undefined || system === undefined || idle === undefined) return undefined;
  return {
    user,
    nice,
    system,
    idle,
    ...(iowait === undefined ? {} : { iowait }),
    ...(irq === undefined ? {} : { interrupt: irq + (softirq ?? 0) }),
    ...(steal === undefined ? {} : { steal }),
  };
}
