import type { Rule } from '../rule.js';
import { assignmentRule } from './assignment.js';
import { atSignRule } from './at-sign.js';
import { authorizationSchemeRule } from './authorization-scheme.js';
import { cardNumberRule } from './card-number.js';
import { commandLineRules } from './command-line.js';
import { emailAddressRule } from './email-address.js';
import { escapeRule } from './escape.js';
import { homeFolderRule, windowsHomeRule } from './home-folder.js';
import { ibanRule } from './iban.js';
import { ipAddressRules } from './ip-address.js';
import { jsonWebTokenRule } from './json-web-token.js';
import { markupRule } from './markup.js';
import { passwordHashRule } from './password-hash.js';
import { phoneNumberRule } from './phone/phone-number.js';
import { privateKeyRule } from './private-key.js';
import { statementLiteralRule } from './statement-literal.js';
import { flagRule, toldSecretRule } from './told-secret.js';
import { urlCredentialsRule } from './url-credentials.js';
import { cloudKeyRules } from './vendor-keys/cloud-keys.js';
import { developerKeyRules } from './vendor-keys/developer-keys.js';
import { entraSecretRule, mailchimpKeyRule, telegramTokenRule, webhookRule } from './vendor-keys/marked-keys.js';
import { serviceKeyRules } from './vendor-keys/service-keys.js';

/**
 * The rules. Where several are asked at one place they are asked in this order, and the first that finds something wins;
 * `escape` comes last, since it finds only where a word starts.
 */
export const builtInRules: readonly Rule[] = [
  privateKeyRule,
  jsonWebTokenRule,
  authorizationSchemeRule,
  urlCredentialsRule,
  homeFolderRule,
  windowsHomeRule,
  telegramTokenRule,
  assignmentRule,
  ...cloudKeyRules,
  ...developerKeyRules,
  ...serviceKeyRules,
  entraSecretRule,
  mailchimpKeyRule,
  webhookRule,
  passwordHashRule,
  toldSecretRule,
  flagRule,
  ...commandLineRules,
  markupRule,
  atSignRule,
  emailAddressRule,
  cardNumberRule,
  ibanRule,
  ...ipAddressRules,
  phoneNumberRule,
  statementLiteralRule,
  escapeRule,
];
