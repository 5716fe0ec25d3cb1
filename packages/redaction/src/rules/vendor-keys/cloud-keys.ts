import { capitals, hex, keyShape, type ShapedRule, token, token68, word } from './key-shape.js';

/** Keys of clouds and of what runs on them, by the shapes that their makers have published. */
export const cloudKeyRules: readonly ShapedRule[] = [
  keyShape('aws access key', {
    at: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AROA', 'AIDA', 'AGPA', 'AIPA', 'ANPA', 'ANVA'],
    of: capitals,
    least: 16,
    most: 16,
  }),
  keyShape('aws bedrock key', { at: ['ABSK'], of: token68, least: 100 }),
  keyShape('google api key', { at: ['AIza'], of: token, least: 35 }),
  keyShape('google oauth secret', { at: ['GOCSPX-'], of: token, least: 24 }),
  keyShape('google oauth token', { at: ['ya29.'], of: token, also: '.', least: 20 }),
  keyShape('alibaba access key', { at: ['LTAI'], of: word, least: 12, most: 24 }),
  keyShape('tencent access key', { at: ['AKID'], of: word, least: 32, most: 36 }),
  keyShape('digitalocean token', { at: ['dop_v1_', 'doo_v1_', 'dor_v1_'], of: hex, least: 64 }),
  keyShape('heroku key', { at: ['HRKU-'], of: token, least: 36 }),
  keyShape('fly token', { at: ['fo1_', 'fm1r_', 'fm1a_', 'fm2_'], of: token68, least: 40 }),
  keyShape('planetscale token', {
    at: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    of: token,
    also: '.',
    least: 32,
  }),
  keyShape('supabase token', { at: ['sbp_', 'sb_secret_'], of: token, least: 30 }),
  keyShape('netlify token', { at: ['nfp_', 'nfc_', 'nfu_'], of: word, least: 36 }),
  keyShape('vault token', { at: ['hvs.', 'hvb.', 'hvr.'], of: token, least: 20 }),
  keyShape('terraform token', { at: ['atlasv1.'], of: token, least: 40 }),
  keyShape('pulumi token', { at: ['pul-'], of: hex, least: 40 }),
  keyShape('doppler token', {
    at: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    of: token,
    also: '.',
    least: 36,
  }),
  keyShape('databricks token', { at: ['dapi', 'dkea', 'dose'], of: hex, also: '-', least: 32, most: 36 }),
  keyShape('docker token', { at: ['dckr_pat_', 'dckr_oat_'], of: token, least: 24 }),
  keyShape('age key', { at: ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], of: capitals, least: 50 }),
  keyShape('1password token', { at: ['ops_eyJ'], of: token68, least: 50 }),
  keyShape('kubernetes bootstrap token', { at: ['K10'], of: hex, also: ':', least: 64 }),
];
