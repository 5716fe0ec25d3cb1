import { isDuration } from '../duration.js';

/** Who is told, how, and how soon. */
export interface AlertmanagerOptions {
  /** The service or team that alerts are of, as titles say it. Default: `SizeWise`. */
  readonly service?: string;
  /** The Slack channel. Default: `#` and the service in small letters with `-alerts`: `#sizewise-alerts`. */
  readonly channel?: string;
  /**
   * The file that holds the address of the Slack webhook, as Alertmanager sees it: an absolute path. The address is a
   * secret, so it is never in the configuration. Default: `/etc/alertmanager/slack-webhook-url`.
   */
  readonly webhookFile?: string;
  /** How long alerts of one name are gathered before the first message. Default: `10s`. Critical ones are told at once. */
  readonly groupWait?: string;
  /** How soon a message follows when such a group has changed. Default: `10s`. */
  readonly groupInterval?: string;
  /** How soon it is told again that an alert still fires. Default: `1h`. */
  readonly repeatInterval?: string;
  /** How long a warning must last before it is told; one that is over by then never is. Default: `15m`. */
  readonly warningDelay?: string;
  /**
   * The webhook that is told again and again that Prometheus and Alertmanager work (the alert Watchdog): of a service that
   * raises the alarm when nothing comes. Its address (`https://…`), which is then in the file; or an absolute path, as
   * Alertmanager sees it, of a file that holds the address (wants Alertmanager 0.26). Default: none, and nobody is told.
   */
  readonly watchdog?: string;
  /** How often the watchdog's webhook is told. Default: `1m`. */
  readonly watchdogInterval?: string;
}

const OPTIONAL_DURATIONS = [
  'groupWait',
  'groupInterval',
  'repeatInterval',
  'warningDelay',
  'watchdogInterval',
] as const;

/** @throws RangeError naming the option: text of which Alertmanager would make another, durations that it cannot read */
export function checkAlertmanagerOptions(options: AlertmanagerOptions): void {
  const { service, channel, webhookFile, watchdog } = options;
  for (const [name, value] of Object.entries({ service, channel })) {
    if (value?.trim() === '' || value?.includes('{{')) throw new RangeError(`${name}: "${value}" is no name`);
  }
  if (webhookFile !== undefined && !webhookFile.startsWith('/')) {
    throw new RangeError(`webhookFile: "${webhookFile}" is no absolute path`);
  }
  if (watchdog !== undefined && !watchdog.startsWith('/') && !isWebAddress(watchdog)) {
    throw new RangeError(`watchdog: "${watchdog}" is neither an address (https://…) nor an absolute path`);
  }
  for (const name of OPTIONAL_DURATIONS) {
    const value = options[name];
    if (value !== undefined && !isDuration(value))
      throw new RangeError(`${name}: "${value}" is no duration, as 15m is`);
  }
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:\/\/\S+$/.test(text);

/** The receiver of a service, and its channel without `#`: `sizewise-alerts`. */
export function receiverName(service: string): string {
  const words = service.toLowerCase().match(/[a-z0-9]+/g);
  return `${(words ?? ['service']).join('-')}-alerts`;
}
