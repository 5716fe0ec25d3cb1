import type { Rule } from '../rule.js';
import { assignmentRule } from './assignment.js';
import { authorizationSchemeRule } from './authorization-scheme.js';
import { cardNumberRule } from './card-number.js';
import { emailAddressRule } from './email-address.js';
import { homeFolderRules } from './home-folder.js';
import { jsonWebTokenRule } from './json-web-token.js';
import { privateKeyRule } from './private-key.js';
import { urlCredentialsRule } from './url-credentials.js';
import { vendorKeyRules } from './vendor-keys.js';

/** The rules, in order: what spans lines first, then what is known by its shape, then by its name, then persons. */
export const builtInRules: readonly Rule[] = [
  privateKeyRule,
  jsonWebTokenRule,
  authorizationSchemeRule,
  ...vendorKeyRules,
  assignmentRule,
  urlCredentialsRule,
  cardNumberRule,
  emailAddressRule,
  ...homeFolderRules,
];
