import { customRuleProblem, patternProblem } from '@otel-monitor/redaction';
import type { CustomRuleConfig } from '../monitoring-config.js';
import { described, list, text, textLike, textThat } from './fields.js';
import { Group, type Misfit } from './schema.js';

const REPLACEMENT = 'at most 64 letters, digits or _ * # . [ ] -';

/** The end of the sentence for what is neither a pattern nor a rule that can be used. */
export function patternExpected(value: unknown): string {
  if (typeof value === 'string') {
    return `a regular expression that can be searched in bounded time (this one ${patternProblem(value)})`;
  }
  if (typeof value !== 'object' || value === null) return 'a regular expression as text, or a rule';
  return `a rule with a name, and a pattern or keys (this one ${customRuleProblem(value)})`;
}

/** A group whose keys have to go together. */
class RuleGroup extends Group<CustomRuleConfig> {
  override misfits(value: unknown): Misfit[] {
    const misfits = super.misfits(value);
    if (misfits.length > 0 || customRuleProblem(value) === undefined) return misfits;
    return [{ path: [], expected: patternExpected(value) }];
  }
}

const pattern = textThat((value) => patternProblem(value) === undefined, patternExpected);

/** A rule of the user: what it replaces, by what, and where. */
export const customRule = new RuleGroup(
  {
    name: described('What it finds.', text('the name of a rule')),
    pattern: described('What is replaced; left out: the whole value of the attributes in keys.', pattern),
    replacement: described('What stands in its place.', textLike(/^[\w*#.[\]-]{0,64}$/, REPLACEMENT)),
    keys: described(
      'Only in the values of these attributes; one that ends with * is a beginning.',
      list('attributes', text('the name of an attribute, or its beginning with *')),
    ),
  },
  false,
);
