import type { Policy } from './policy.js';

/** What every rule has: a name for documentation and tests, and the characters without which it cannot match. */
interface RuleBase {
  readonly name: string;
  /** Bits of `census`; the rule is skipped for text that lacks one of them. */
  readonly needs: number;
  /** Pieces of which the text must have one, else the rule is skipped: cheaper than trying its pattern. */
  readonly hints?: readonly string[];
  /** True for rules about file paths, which are wrong for the path of a URL. */
  readonly filePathsOnly?: boolean;
}

/**
 * A rule by regular expression. The pattern must be linear: no match attempt may rescan what an earlier one scanned
 * (start at a boundary, or bounded length, and nothing that can fail after an unbounded quantifier).
 */
export interface PatternRule extends RuleBase {
  readonly pattern: RegExp;
  /** The text to put in; the match itself when on a closer look it is harmless. */
  readonly replace: (match: string, policy: Policy, groups: readonly (string | undefined)[]) => string;
}

/** Reports one finding: `text` from start to end is to be replaced, by the policy's replacement unless given. */
export type Cut = (start: number, end: number, by?: string) => void;

/** A rule by a hand-written scan, for what no linear expression can say. Findings must come in order. */
export interface ScanRule extends RuleBase {
  readonly scan: (text: string, policy: Policy, cut: Cut) => void;
}

export type Rule = PatternRule | ScanRule;

/** False when the rule cannot find anything in a text with this census. */
export function mayMatch(rule: Rule, text: string, has: number): boolean {
  if ((has & rule.needs) !== rule.needs) return false;
  return rule.hints === undefined || rule.hints.some((hint) => text.includes(hint));
}

/** The text with every finding of one rule replaced; the same string when there is none. */
export function applyRule(rule: Rule, text: string, policy: Policy): string {
  if ('pattern' in rule) {
    return text.replace(rule.pattern, (match: string, ...rest: unknown[]) =>
      rule.replace(match, policy, rest as (string | undefined)[]),
    );
  }
  let done = '';
  let from = 0;
  rule.scan(text, policy, (start, end, by = policy.replacement) => {
    done += text.slice(from, start) + by;
    from = end;
  });
  return from === 0 ? text : done + text.slice(from);
}
