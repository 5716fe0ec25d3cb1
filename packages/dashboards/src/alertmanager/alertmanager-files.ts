import { stringify } from 'yaml';
import type { EmittedFile } from '../emitted-file.js';
import { WATCHDOG } from '../prometheus/watchdog-alert.js';
import { type AlertmanagerOptions, checkAlertmanagerOptions, receiverName } from './alertmanager-options.js';
import { INHIBITIONS } from './inhibitions.js';
import { slackMessage } from './slack-message.js';

/** The receiver of the alert that always fires. */
const WATCHDOG_RECEIVER = 'watchdog';

/** The receiver without any integration. */
const LOG_ONLY = 'log-only';

const HEADER = `# Alertmanager: who is told of which alert, how soon and how often. It holds no secret: the address of the Slack webhook is
# read from the file that api_url_file names.
#
#   critical   told at once
#   warning    told when it has lasted for 15 minutes; one that is over by then never is. Further ones of the same name and
#              service are told with it
#   info       told nobody: it is on the pages of Prometheus and Alertmanager, and in the series ALERTS
#
# While a critical alert fires, the warning of the same name and subject is not told; while an instance or a service is
# away, nothing else of it is; while all Collectors are, nor that programs cannot push.
#
# Generated from typed source (docs/alerting.md tells how to change it).
`;

/**
 * Alertmanager's configuration: one file, `alertmanager.yaml`.
 * @throws RangeError for an option that cannot be, naming it
 */
export function alertmanagerFiles(options: AlertmanagerOptions = {}): EmittedFile[] {
  checkAlertmanagerOptions(options);
  const { warningDelay = '15m' } = options;
  const header = HEADER.replace('15 minutes', warningDelay === '15m' ? '15 minutes' : warningDelay);
  return [{ path: 'alertmanager.yaml', text: header + stringify(configuration(options), { lineWidth: 0 }) }];
}

function configuration(options: AlertmanagerOptions): object {
  const {
    service = 'SizeWise',
    channel = `#${receiverName(service)}`,
    webhookFile = '/etc/alertmanager/slack-webhook-url',
    groupWait = '10s',
    groupInterval = '10s',
    repeatInterval = '1h',
    warningDelay = '15m',
    watchdog,
    watchdogInterval = '1m',
  } = options;
  const receiver = receiverName(service);
  return {
    route: {
      receiver,
      group_by: ['alertname'],
      group_wait: groupWait,
      group_interval: groupInterval,
      repeat_interval: repeatInterval,
      routes: [
        ...(watchdog === undefined
          ? []
          : [
              {
                matchers: [`alertname=${JSON.stringify(WATCHDOG)}`],
                receiver: WATCHDOG_RECEIVER,
                group_wait: '0s',
                repeat_interval: watchdogInterval,
              },
            ]),
        { matchers: ['severity="critical"'], receiver, group_wait: '0s' },
        // a group that has been told waits for nothing any more: those of another service begin one of their own
        { matchers: ['severity="warning"'], receiver, group_by: ['alertname', 'job'], group_wait: warningDelay },
        { matchers: ['severity="info"'], receiver: LOG_ONLY },
      ],
    },
    inhibit_rules: INHIBITIONS,
    receivers: [
      {
        name: receiver,
        slack_configs: [{ api_url_file: webhookFile, channel, send_resolved: true, ...slackMessage(service) }],
      },
      ...(watchdog === undefined ? [] : [{ name: WATCHDOG_RECEIVER, webhook_configs: [webhook(watchdog)] }]),
      { name: LOG_ONLY },
    ],
  };
}

/** Only that it fires is told: that it is over would be one more sign of life. */
const webhook = (watchdog: string): object => ({
  ...(watchdog.startsWith('/') ? { url_file: watchdog } : { url: watchdog }),
  send_resolved: false,
});
