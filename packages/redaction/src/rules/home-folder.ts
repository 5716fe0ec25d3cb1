import { Has } from '../census.js';
import type { PatternRule } from '../rule.js';

/**
 * The user's name in paths: `/home/owner/app.js` becomes `~/app.js`, in `file://` addresses of stacks as well. Drive
 * letters come first: `C:/Users/owner` holds `/Users/owner`.
 */
export const homeFolderRules: readonly PatternRule[] = [
  {
    name: 'windows home folder',
    needs: Has.assign,
    hints: ['sers', 'SERS', 'ettings', 'ETTINGS'],
    filePathsOnly: true,
    pattern:
      /(?<![A-Za-z0-9])[A-Za-z]:[\\/]{1,4}(?:Users|Documents and Settings)[\\/]{1,4}(?:[^\\/:*?"<>|\r\n]{1,64}(?=[\\/])|[^\\/:*?"<>|\s'`,;()]{1,64})/gi,
    replace: () => '~',
  },
  {
    name: 'home folder',
    needs: Has.slash,
    hints: ['/home/', '/Users/'],
    filePathsOnly: true,
    pattern: /(?:(?<=file:\/\/)|(?<![\p{L}\p{N}_.~%/-]))\/(?:home|Users)\/[^/\s"'`<>:;,()\\?#&]{1,64}/gu,
    replace: () => '~',
  },
];
