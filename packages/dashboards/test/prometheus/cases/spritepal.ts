import { type AlertCase, type Firing, type InputSeries, scoped, steady } from '../alert-case.js';

const spritepal = { job: 'spritepal', instance: 'spritepal-1' };

const memory = (share: number, bytes = steady(100e6, 60), labels: Record<string, string> = spritepal): InputSeries => ({
  [scoped('process_memory_utilization_ratio', labels)]: steady(share, 60),
  [scoped('process_memory_usage_bytes', labels)]: bytes,
});
const cpu = (share: number, labels: Record<string, string> = spritepal): InputSeries => ({
  [scoped('process_cpu_utilization_ratio', { ...labels, cpu_mode: 'user' })]: steady(share - 0.05),
  [scoped('process_cpu_utilization_ratio', { ...labels, cpu_mode: 'system' })]: steady(0.05),
});
/** A hundred megabytes, and one more each minute. */
const growing = '100000000+1000000x60';
/** Up and down within ten minutes. */
const restless = `${'100000000 110000000 120000000 130000000 120000000 110000000 '.repeat(10)}100000000`;

const fires = (severity: Firing['severity'], what: string): Firing => ({
  severity,
  labels: spritepal,
  summary: `spritepal spritepal-1 uses ${what}`,
});
const on = (alert: string, when: string, series: InputSeries, at: string, ...all: Firing[]): AlertCase => ({
  alert,
  when,
  series,
  at,
  fires: all,
});
const other = { ...spritepal, job: 'shop' };
const leak = fires('critical', '27% of the memory that it may use, and more and more');

export const spritepalCases: readonly AlertCase[] = [
  on(
    'ProcessMemoryShareHigh',
    '33 % for a minute',
    memory(0.33),
    '1m',
    fires('warning', '33% of the memory that it may use'),
  ),
  on('ProcessMemoryShareHigh', '33 %, just now', memory(0.33), '0m'),
  on('ProcessMemoryShareHigh', '28 %', memory(0.28), '20m'),
  on('ProcessMemoryShareHigh', 'another service', memory(0.9, growing, other), '20m'),
  on('ProcessCpuShareHigh', '80 % for a minute', cpu(0.8), '1m', fires('warning', '80% of the processors')),
  on('ProcessCpuShareHigh', '80 %, just now', cpu(0.8), '0m'),
  on('ProcessCpuShareHigh', '70 %', cpu(0.7), '20m'),
  on('ProcessCpuShareHigh', 'another service', cpu(1, other), '20m'),
  // half an hour ago there is something from the twentieth minute on
  on('MemoryLeakSuspected', '27 % and growing, for 5 minutes', memory(0.27, growing), '25m', leak),
  on('MemoryLeakSuspected', '27 % and growing, for 4 minutes', memory(0.27, growing), '24m'),
  on('MemoryLeakSuspected', '23 % and growing', memory(0.23, growing), '50m'),
  on('MemoryLeakSuspected', '60 % and staying', memory(0.6), '50m'),
  on('MemoryLeakSuspected', '60 % and up and down', memory(0.6, restless), '50m'),
  on('MemoryLeakSuspected', 'another service', memory(0.6, growing, other), '50m'),
];
