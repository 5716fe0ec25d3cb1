import type { FingerprintHook } from '../monitoring-config.js';
import { described, flag, group, hook, whole } from './fields.js';

/** Errors and their groups. */
export const errorTrackingSchema = group({
  enabled: described('Record errors.', flag()),
  maxGroups: described('Most groups that are kept; the least recently seen one leaves.', whole(1, 10_000)),
  samplesPerGroup: described('Most sample errors that are kept of one group.', whole(0, 50)),
  breadcrumbs: described('Most operations before an error that are told with it.', whole(0, 100)),
  sourceMaps: described('Tell and group frames of compiled files by their sources.', flag()),
  captureUnhandledRejections: described('Record rejections that nobody handles.', flag()),
  fingerprint: described('What keeps errors together instead of the built-in rules.', hook<FingerprintHook>()),
});

/** Features, workflows and caches. */
export const usageSchema = group({
  enabled: described('Record usage.', flag()),
  retentionDays: described('How long what was used on a day is kept, in days.', whole(1, 3_660, 'days')),
});
