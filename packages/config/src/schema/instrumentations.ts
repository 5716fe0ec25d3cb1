import { described, freeForm, group, list, table, textLike } from './fields.js';

const NAME = 'the short name of an instrumentation, as in "express"';

/** Short names as OpenTelemetry's variables have them; the name of a package is accepted and shortened. */
const name = () => textLike(/^@?\w[\w./-]{0,213}$/, NAME);

/** Which instrumentations `register` uses, and what it gives them. */
export const instrumentationsSchema = group({
  enabled: described('Only these, by their short names. Left out: all that are installed.', list('names', name())),
  disabled: described('None of these, even where `enabled` has them.', list('names', name())),
  options: described(
    'What the constructor of an instrumentation is given, by its short name; keys as that instrumentation has them.',
    table(freeForm()),
  ),
});
