import { Has } from '../census.js';
import type { PatternRule } from '../rule.js';

/** `Bearer …` and `Basic …` anywhere in text; "basic authentication" and "bearer of news" are words. */
export const authorizationSchemeRule: PatternRule = {
  name: 'authorization scheme',
  needs: Has.space,
  hints: ['earer', 'asic', 'EARER', 'ASIC'],
  pattern: /(?<![A-Za-z0-9])(bearer|basic)([ \t]{1,8})([A-Za-z0-9._~+/=-]{6,})/gi,
  replace(match, policy, groups) {
    const [scheme = '', gap = '', token = ''] = groups;
    const secret = scheme.toLowerCase() === 'basic' ? isUserAndPassword(token) : isTokenLike(token);
    return secret ? scheme + gap + policy.replacement : match;
  },
};

const MAX_BASIC = 8_192;

function isUserAndPassword(token: string): boolean {
  if (token.length > MAX_BASIC) return true;
  try {
    return atob(token).includes(':');
  } catch {
    return false;
  }
}

/** A digit, a capital after the first letter, a mark that words do not have, or longer than words are. */
function isTokenLike(token: string): boolean {
  return token.length >= 24 || /\d|[._~+/=](?!$)|(?!^)[A-Z]/.test(token);
}
