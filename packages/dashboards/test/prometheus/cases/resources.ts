import { type AlertCase, type InputSeries, scoped, steady } from '../alert-case.js';

const shop = { job: 'shop', instance: 'shop-1' };

/** Processors that are busy for this share; half of the rest waits for a disk. */
function cpu(busy: number): InputSeries {
  const mode = (cpu_mode: string) => scoped('system_cpu_utilization_ratio', { ...shop, cpu_mode });
  const rest = (1 - busy) / 2;
  return {
    [mode('user')]: steady(busy - 0.1),
    [mode('system')]: steady(0.1),
    [mode('idle')]: steady(rest),
    [mode('iowait')]: steady(rest),
  };
}

const memory = (used: number): InputSeries => ({
  [scoped('system_memory_utilization_ratio', { ...shop, system_memory_state: 'used' })]: steady(used),
  [scoped('system_memory_utilization_ratio', { ...shop, system_memory_state: 'available' })]: steady(0.99),
});

const busy = (severity: 'warning' | 'critical', share: string) => ({
  severity,
  labels: shop,
  summary: `shop shop-1: the processors of its machine are busy for ${share}`,
});
const full = {
  severity: 'critical',
  labels: shop,
  summary: 'shop shop-1: 92% of the memory of its machine is used',
} as const;

export const resourceCases: readonly AlertCase[] = [
  { alert: 'HighCpuUsage', when: '84 % for 5 minutes', series: cpu(0.84), at: '5m', fires: [busy('warning', '84%')] },
  { alert: 'HighCpuUsage', when: '90 % for 2 minutes', series: cpu(0.9), at: '2m', fires: [busy('critical', '90%')] },
  { alert: 'HighCpuUsage', when: '90 % for a minute', series: cpu(0.9), at: '1m', fires: [] },
  { alert: 'HighCpuUsage', when: '84 % for 4 minutes', series: cpu(0.84), at: '4m', fires: [] },
  { alert: 'HighCpuUsage', when: '75 %', series: cpu(0.75), at: '20m', fires: [] },
  { alert: 'HighMemoryUsage', when: '92 % for 2 minutes', series: memory(0.92), at: '2m', fires: [full] },
  { alert: 'HighMemoryUsage', when: '92 % for a minute', series: memory(0.92), at: '1m', fires: [] },
  { alert: 'HighMemoryUsage', when: '88 %', series: memory(0.88), at: '20m', fires: [] },
];
