import { ConfigError, loadConfig, type MonitoringConfig } from '@otel-monitor/config';
import type { Surroundings } from '../surroundings.js';
import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';

/** Whether the configuration that the environment names can be used; with it, the configuration. */
export function checkConfig({ env, cwd }: Surroundings): { findings: Finding[]; config: MonitoringConfig | undefined } {
  const check = 'configuration';
  const from = env.OTEL_MONITOR_CONFIG ? `environment and ${env.OTEL_MONITOR_CONFIG}` : 'environment, no file';
  try {
    const { config, warnings } = loadConfig({ env, cwd });
    const ok: Finding = { level: 'ok', check, message: `valid (${printable(from)})` };
    const odd = warnings.map((warning): Finding => ({ level: 'warn', check, message: printable(warning, 2000) }));
    return { findings: [ok, ...odd], config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const findings = error.problems.map(
      ({ path, found, expected, source }): Finding => ({
        level: 'fail',
        check,
        message: printable(`${path}: found ${found}, expected ${expected}`, 2000),
        advice: printable(`change it in the ${source}`),
      }),
    );
    return { findings, config: undefined };
  }
}
