import { readFileSync } from 'node:fs';

/** Of Linux: what /proc counts in. */
const TICKS_A_SECOND = 100;

/** What a process has used so far: seconds of CPU, and its resident set now and at most in mebibytes. */
export function usageOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the name in brackets may have blanks; user and system time are the 14th and 15th field
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    rss: mebibytes('VmRSS'),
    greatestRss: mebibytes('VmHWM'),
  };
}
