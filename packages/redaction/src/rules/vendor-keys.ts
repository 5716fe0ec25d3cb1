import { Has } from '../census.js';
import type { PatternRule } from '../rule.js';

/** Keys that their makers gave a shape so that they can be found. */
function vendorKey(name: string, needs: number, hints: readonly string[], pattern: RegExp): PatternRule {
  return { name, needs, hints, pattern, replace: (_match, policy) => policy.replacement };
}

/** API keys by shape. None has anything after its last quantifier that could fail, so all are linear. */
export const vendorKeyRules: readonly PatternRule[] = [
  vendorKey(
    'aws access key',
    Has.upper,
    ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AROA', 'AIDA'],
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  ),
  vendorKey('google api key', Has.upper, ['AIza'], /(?<![A-Za-z0-9])AIza[\w-]{35}/g),
  vendorKey(
    'github token',
    Has.underscore,
    ['gh', 'github_pat_'],
    /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255})/g,
  ),
  vendorKey(
    'stripe key',
    Has.underscore,
    ['k_live_', 'k_test_', 'whsec_'],
    /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}/g,
  ),
  vendorKey('npm token', Has.underscore, ['npm_'], /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g),
  vendorKey('slack token', Has.dash, ['xox', 'xapp-'], /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[\w-]{10,}/g),
  vendorKey('gitlab token', Has.dash, ['glpat-'], /(?<![A-Za-z0-9])glpat-[\w-]{20,}/g),
  vendorKey(
    'model provider key',
    Has.dash,
    ['sk-'],
    /(?<![A-Za-z0-9])sk-(?:[a-z]{2,8}[0-9]{0,2}-){0,2}[A-Za-z0-9_]{20,}/g,
  ),
  vendorKey('sendgrid key', Has.dot | Has.upper, ['SG.'], /(?<![A-Za-z0-9])SG\.[\w-]{16,64}\.[\w-]{16,}/g),
  {
    name: 'slack webhook',
    needs: Has.dot | Has.slash,
    hints: ['hooks.slack.com'],
    pattern: /(hooks\.slack\.com\/services\/)[\w/]{20,}/g,
    replace: (_match, policy, [host = '']) => host + policy.replacement,
  },
];
