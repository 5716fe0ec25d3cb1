import { isAmong } from '../keys/allow-list.js';
import { isReplacement } from '../redactor-options.js';
import { compilePattern, patternProblem } from './extra-pattern.js';

/** A rule of the user. */
export interface CustomRule {
  /** What it finds, for errors. */
  readonly name: string;
  /** What is replaced in text. Left out: the whole value of the attributes in `keys`. */
  readonly pattern?: string | RegExp | undefined;
  /** What stands in its place; the redactor's replacement when left out. The same characters may be in it. */
  readonly replacement?: string | undefined;
  /** Only in the values of these attributes: exact names, or beginnings that end with `*`. Left out: in all text. */
  readonly keys?: readonly string[] | undefined;
}

/** A rule of the user as it runs. */
export interface CompiledRule {
  readonly pattern: RegExp | undefined;
  readonly replacement: string;
  readonly keys: readonly string[] | undefined;
}

/** Why a rule cannot be used, as the end of a sentence, or undefined when it can. */
export function customRuleProblem(rule: unknown): string | undefined {
  if (typeof rule === 'string' || rule instanceof RegExp) return patternProblem(rule);
  if (typeof rule !== 'object' || rule === null) return 'is neither a pattern nor an object with one';
  const { name, pattern, replacement, keys } = rule as Partial<CustomRule>;
  if (typeof name !== 'string' || name === '') return 'has no name';
  if (pattern === undefined && keys === undefined) return 'has neither a pattern nor keys';
  if (replacement !== undefined && !isReplacement(replacement)) {
    return 'has a replacement that is not at most 64 letters, digits or _ * # . [ ] -';
  }
  if (keys !== undefined && (!Array.isArray(keys) || keys.length === 0 || !keys.every(isKey))) {
    return 'has keys that are not a list of names';
  }
  if (pattern === undefined) return undefined;
  return patternProblem(pattern) ?? growthProblem(pattern, replacement);
}

const isKey = (key: unknown) => typeof key === 'string' && key !== '' && key !== '*';

/** A replacement in which the pattern finds something else to replace would be another one each time. */
function growthProblem(pattern: string | RegExp, replacement: string | undefined): string | undefined {
  if (replacement === undefined) return undefined;
  const again = replacement.replace(compilePattern(pattern), () => replacement);
  return again === replacement ? undefined : 'has a replacement that it would replace again';
}

/** The rules of the user, ready to run. Throws a TypeError that says what is wrong with the first that is. */
export function compileRules(
  rules: readonly (string | RegExp | CustomRule)[],
  replacement: string,
): readonly CompiledRule[] {
  return rules.map((rule, index) => {
    const problem = customRuleProblem(rule);
    if (problem !== undefined) throw new TypeError(`redaction pattern ${index + 1} ${problem}`);
    const own: Partial<CustomRule> = typeof rule === 'string' || rule instanceof RegExp ? { pattern: rule } : rule;
    return {
      pattern: own.pattern === undefined ? undefined : compilePattern(own.pattern),
      replacement: own.replacement ?? replacement,
      keys: own.keys,
    };
  });
}

/** True when this rule acts on the values of an attribute. */
export function actsOn(rule: CompiledRule, key: string): boolean {
  return rule.keys !== undefined && isAmong(key, rule.keys);
}
