import { patternProblem } from '@otel-monitor/redaction';
import { described, flag, group, list, text, textLike, textThat } from './fields.js';

const USER_HASH_KEY = 'a key of 16 to 4096 printable ASCII characters without spaces';
const REPLACEMENT = 'at most 64 letters, digits or _ * # . [ ] -';

const pattern = textThat(
  (value) => patternProblem(value) === undefined,
  (value) =>
    typeof value === 'string'
      ? `a regular expression that can be searched in bounded time (this one ${patternProblem(value)})`
      : 'a regular expression as text',
);

/** The privacy policy. */
export const redactionSchema = group({
  enabled: described('Take secrets out of keys, values and text.', flag()),
  extraKeys: described('Further secret keys; case and separators do not matter.', list('keys', text('a key'))),
  allowKeys: described('Keys that are never secret by their name.', list('keys', text('a key'))),
  extraPatterns: described('Further patterns that are replaced in text.', list('patterns', pattern)),
  replacement: described('What stands in the place of a secret.', textLike(/^[\w*#.[\]-]{0,64}$/, REPLACEMENT)),
  allowUserId: described('Let user.id leave as it is, not only its hash.', flag()),
  userHashKey: described(
    'Key of user.hash, a secret. Left out: a random one that is kept with the state of the service.',
    textLike(/^[\x21-\x7e]{16,4096}$/, USER_HASH_KEY),
  ),
});
