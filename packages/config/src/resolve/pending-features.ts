import type { Findings } from '../findings.js';
import type { MergedSettings } from './merged-settings.js';

/**
 * One warning for each feature that is configured and not there yet: the printed files of the systems before are
 * accepted as they stand, and nobody should believe that their alerts are watched.
 */
export function warnOfPendingFeatures(
  settings: MergedSettings,
  sources: Readonly<Record<string, string>>,
  findings: Findings,
): void {
  const { alerts, export: files, thresholds, dashboard } = settings;
  const isSaid = (group: string) =>
    Object.entries(sources).some(([path, source]) => path.startsWith(group) && source !== 'default');

  if (alerts !== undefined && alerts.enabled !== false) {
    findings.warn('alerts are configured but not evaluated by this version');
  }
  if (files !== undefined && files.enabled !== false) {
    findings.warn('export to files is configured but nothing is written by this version');
  }
  if (thresholds !== undefined && Object.keys(thresholds).length > 0) {
    findings.warn('thresholds are configured but not evaluated by this version');
  }
  const kept = [isSaid('retention.metricsHours') && 'metrics', isSaid('retention.healthHours') && 'health results'];
  const notKept = kept.filter((what) => what !== false).join(' and ');
  if (notKept !== '') findings.warn(`retention of ${notKept} is configured but not applied by this version`);
  if (isSaid('dashboard.') && dashboard.enabled) {
    findings.warn('the web dashboard is configured but not served by this version');
  }
}
