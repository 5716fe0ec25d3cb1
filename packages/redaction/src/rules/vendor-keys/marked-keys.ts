import type { Rule } from '../../rule.js';
import { Is } from '../../scan/characters.js';

/** `123456789:AAF…`: the number of a Telegram bot and its token. */
export const telegramTokenRule: Rule = {
  name: 'telegram bot token',
  at: [':A'],
  before: Is.digit,
  look(scan, at) {
    const start = scan.runStart(at, Is.digit, 11);
    const end = scan.runEnd(at + 1, Is.token, 40);
    if (at - start < 7 || at - start > 10 || end - at - 1 !== 35) return at;
    scan.cut(at + 1, end);
    return end;
  },
};

/** Client secrets of Microsoft Entra: three characters, a digit, `Q~`, and 31 to 34 more. */
export const entraSecretRule: Rule = {
  name: 'entra client secret',
  at: ['~'],
  before: Is.upper,
  look(scan, at) {
    if (at < 5 || scan.codes[at - 1] !== 81 || (scan.classAt(at - 2) & Is.digit) === 0) return at;
    const start = at - 5;
    let end = at + 1;
    while ((scan.classAt(end) & Is.token) !== 0 || scan.codes[end] === 126 || scan.codes[end] === 46) end += 1;
    if (start < scan.floor || end - at - 1 < 31) return at;
    scan.cut(start, end);
    return end;
  },
};

/** `0123…-us12`: keys of Mailchimp, 32 hexadecimal digits and a data centre. */
export const mailchimpKeyRule: Rule = {
  name: 'mailchimp key',
  at: ['-u'],
  before: Is.hex,
  look(scan, at) {
    const start = scan.runStart(at, Is.hex, 33);
    const end = scan.runEnd(at + 3, Is.digit, 2);
    if (at - start !== 32 || !scan.has(at, '-us') || end === at + 3) return at;
    scan.cut(start, end);
    return end;
  },
};

/** Addresses that are secret because whoever knows them may write: the path after the host. */
export const webhookRule: Rule = {
  name: 'webhook',
  at: [
    'hooks.slack.com/',
    'discord.com/api/webhooks/',
    'discordapp.com/api/webhooks/',
    'hooks.zapier.com/hooks/catch/',
    'outlook.office.com/webhook',
    'webhook.office.com/webhook',
    'chat.googleapis.com/v1/spaces/',
    'api.telegram.org/bot',
  ],
  look(scan, at) {
    const host = scan.runEnd(at, Is.key);
    const path = scan.codes[host] === 47 ? host + 1 : host;
    let end = path;
    while (
      (scan.classAt(end) & (Is.key | Is.token)) !== 0 ||
      '/:@?=&'.includes(String.fromCharCode(scan.codes[end] as number))
    ) {
      if (end >= scan.length) break;
      end += 1;
    }
    if (end - path < 20) return at;
    scan.cut(path, end);
    return end;
  },
};
