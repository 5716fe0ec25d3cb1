import { patternProblem } from '@otel-monitor/redaction';
import type { CustomRuleConfig } from '../monitoring-config.js';
import { customRule, patternExpected } from './custom-rule.js';
import { described, flag, group, list, oneOf, text, textLike, textThat } from './fields.js';
import { Choice } from './schema.js';

const USER_HASH_KEY = 'a key of 16 to 4096 printable ASCII characters without spaces';
const REPLACEMENT = 'at most 64 letters, digits or _ * # . [ ] -';

const pattern = textThat((value) => patternProblem(value) === undefined, patternExpected);
const patternOrRule = new Choice<string | CustomRuleConfig>(patternExpected, [pattern, customRule]);
const attributes = () => list('attributes', text('the name of an attribute, or its beginning with *'));

/** The privacy policy. */
export const redactionSchema = group({
  enabled: described('Take secrets out of keys, values and text.', flag()),
  mode: described(
    'allow_list: the values of attributes that are not listed are replaced.',
    oneOf('rules', 'allow_list'),
  ),
  allowedAttributes: described('What may leave in that mode, beside what tells signals apart.', attributes()),
  extraKeys: described('Further secret keys; case and separators do not matter.', list('keys', text('a key'))),
  allowKeys: described('Keys that are never secret by their name.', list('keys', text('a key'))),
  extraPatterns: described('Further patterns that are replaced in text.', list('patterns', patternOrRule)),
  ipAddresses: described('Take IP addresses out as well.', flag()),
  replacement: described('What stands in the place of a secret.', textLike(/^[\w*#.[\]-]{0,64}$/, REPLACEMENT)),
  allowUserId: described('Let user.id leave as it is, not only its hash.', flag()),
  userHashKey: described(
    'Key of user.hash, a secret. Left out: a random one that is kept with the state of the service.',
    textLike(/^[\x21-\x7e]{16,4096}$/, USER_HASH_KEY),
  ),
});
