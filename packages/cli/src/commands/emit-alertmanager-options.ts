import type { EmitOption } from './emit-option.js';

/** What the configuration of Alertmanager is emitted with. */
export const alertmanagerEmitOptions: readonly EmitOption[] = [
  {
    flags: '--service <name>',
    target: 'alertmanager',
    about: 'in titles of messages; the receiver is called after it (default: SizeWise)',
    expected: 'a name',
    read: (service) => ({ service }),
  },
  {
    flags: '--slack-channel <channel>',
    target: 'alertmanager',
    about: 'default: # and the name of the receiver',
    expected: 'a channel such as #on-call',
    read: (channel) => ({ channel }),
  },
  {
    flags: '--slack-webhook-file <path>',
    target: 'alertmanager',
    about: "the file with the webhook's address (default: /etc/alertmanager/slack-webhook-url)",
    expected: 'an absolute path, as Alertmanager sees it',
    read: (webhookFile) => ({ webhookFile }),
  },
  {
    flags: '--watchdog <webhook>',
    target: 'alertmanager',
    env: 'OTEL_MONITOR_WATCHDOG',
    about:
      'address that is told every minute that alerts would arrive, or a file with it (default: OTEL_MONITOR_WATCHDOG)',
    expected: 'an address such as https://watch.example.com/shop or an absolute path',
    read: (watchdog) => ({ watchdog }),
  },
  ...(
    [
      ['--watchdog-interval', 'watchdogInterval', 'how often it is told (default: 1m)'],
      ['--warning-delay', 'warningDelay', 'how long a warning must last to be told (default: 15m)'],
      ['--group-wait', 'groupWait', 'how long alerts of a name are gathered before the first message (default: 10s)'],
      ['--group-interval', 'groupInterval', 'how soon changes of such a group are told (default: 10s)'],
      ['--repeat-interval', 'repeatInterval', 'how soon it is told again that an alert fires (default: 1h)'],
    ] as const
  ).map(
    ([flag, name, about]): EmitOption => ({
      flags: `${flag} <duration>`,
      target: 'alertmanager',
      about,
      expected: 'a duration such as 15m',
      read: (text) => ({ [name]: text }),
    }),
  ),
];
