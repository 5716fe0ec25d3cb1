import { amount, described, flag, group, list, oneOf, openGroup, table, text, whole } from './fields.js';

const cooldown = () => amount(0, 525_600, 'minutes');

const rule = openGroup({
  name: text('the name of a rule'),
  condition: text('a condition, as in "memory_percent > 30"'),
  severity: described('How bad it is.', oneOf('info', 'warning', 'error', 'critical')),
  cooldownMinutes: described('Least time between two notices, in minutes.', cooldown()),
});

/** Alert rules: shape only, nothing evaluates them in this version. */
export const alertsSchema = openGroup({
  enabled: described('Evaluate the rules.', flag()),
  channels: described('Where notices go.', list('channels', text('the name of a channel'))),
  cooldownMinutes: described('Cooldown of rules that have none, in minutes.', cooldown()),
  webhookUrl: described('Address that notices are posted to.', text('an address')),
  slackChannel: described('Slack channel that notices go to.', text('a channel')),
  rules: described('The rules.', list('rules', rule)),
});

/** Export to files: shape only, nothing writes files in this version. */
export const exportSchema = openGroup({
  enabled: described('Write metrics to files.', flag()),
  path: described('Folder of the files.', text('the path of a folder')),
  format: described('Format of the files.', text('the name of a format')),
  rotation: described(
    'When a new file begins.',
    group({
      enabled: described('Rotate files.', flag()),
      maxFiles: described('Files that are kept.', whole(1, 100_000)),
      maxSizeMb: described('Size of one file, in megabytes.', amount(0.001, 1_000_000, 'megabytes')),
    }),
  ),
});

/** Thresholds by the name of a measurement: shape only, nothing evaluates them in this version. */
export const thresholdsSchema = table(
  openGroup({
    warning: described('Value from which it is a warning.', amount(-1e15, 1e15)),
    critical: described('Value from which it is critical.', amount(-1e15, 1e15)),
  }),
);
