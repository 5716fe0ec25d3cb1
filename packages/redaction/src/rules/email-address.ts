import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const MAX_LOCAL = 64;
const LOCAL_END = /[\s@"'`<>()[\],;:\\/=&?#|{}]/;
const DOMAIN = /[\p{L}\p{N}.-]{1,253}/uy;
const DOMAIN_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*)\.(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u;
/** `icon@2x.png` and `package@1.0.0-rc.one` look like addresses. */
const IMAGE_OR_VERSION = /^(?:\d(?:\.\d)?x\.|\d+\.\d+\.\d)/;

/** E-mail addresses. `git@host`, package versions and image names are none. */
export const emailAddressRule: ScanRule = {
  name: 'e-mail address',
  needs: Has.at | Has.dot,
  scan(text, policy, cut) {
    let least = 0;
    for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
      let start = at;
      const first = Math.max(least, at - MAX_LOCAL);
      while (start > first && !LOCAL_END.test(text[start - 1] as string)) start -= 1;
      const local = text.slice(start, at);
      if (local === '' || local === 'git' || (policy.replacement !== '' && local.endsWith(policy.replacement)))
        continue;
      const domain = domainAfter(text, at + 1);
      if (domain === undefined) continue;
      least = at + 1 + domain.length;
      cut(start, least);
    }
  },
};

function domainAfter(text: string, from: number): string | undefined {
  DOMAIN.lastIndex = from;
  const domain = (DOMAIN.exec(text)?.[0] ?? '').replace(/[.-]{1,253}$/, '');
  return DOMAIN_NAME.test(domain) && !IMAGE_OR_VERSION.test(domain) ? domain : undefined;
}
