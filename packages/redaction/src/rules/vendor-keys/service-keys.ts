import { hex, keyShape, type ShapedRule, token, token68, word } from './key-shape.js';

const HEX_DIGITS = [...'0123456789abcdef'];

/** Keys of services that applications talk to: payment, messages, mail, shops, models. */
export const serviceKeyRules: readonly ShapedRule[] = [
  keyShape('stripe key', {
    at: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    of: word,
    also: '+/=',
    least: 16,
  }),
  keyShape('square key', { at: ['sq0atp-', 'sq0csp-', 'sq0idp-'], of: token, least: 22 }),
  keyShape('square access token', { at: ['EAAA'], of: token, least: 56 }),
  keyShape('facebook token', {
    at: ['EAACEdEose0cBA', 'EAAB', 'EAAC', 'EAAD', 'EAAE', 'EAAG', 'EAAI', 'EAAJ'],
    of: word,
    least: 80,
  }),
  keyShape('braintree token', {
    at: ['access_token$production$', 'access_token$sandbox$'],
    of: word,
    also: '$',
    least: 40,
  }),
  keyShape('adyen key', { at: ['AQE'], of: token68, least: 80 }),
  keyShape('shopify token', { at: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_'], of: hex, least: 32 }),
  keyShape('shippo token', { at: ['shippo_live_', 'shippo_test_'], of: hex, least: 40 }),
  keyShape('easypost key', { at: ['EZAK', 'EZTK'], of: word, least: 54 }),
  keyShape('twilio key', { at: HEX_DIGITS.map((digit) => `SK${digit}`), of: hex, least: 31, most: 31 }),
  keyShape('sendgrid key', { at: ['SG.'], of: token, also: '.', least: 33 }),
  keyShape('mailgun key', { at: ['key-'], of: hex, least: 32, most: 32 }),
  keyShape('sendinblue key', { at: ['xkeysib-', 'xsmtpsib-'], of: token, least: 60 }),
  keyShape('slack token', {
    at: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-', 'xwfp-'],
    of: token,
    also: '.%',
    least: 10,
  }),
  keyShape('openai key', { at: ['sk-'], of: word, least: 20 }),
  keyShape('model provider key', {
    at: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-ant-', 'sk-or-', 'sk-lf-'],
    of: token,
    least: 20,
  }),
  keyShape('hugging face token', { at: ['hf_', 'api_org_'], of: word, least: 30 }),
  keyShape('groq key', { at: ['gsk_'], of: word, least: 40 }),
  keyShape('xai key', { at: ['xai-'], of: word, least: 60 }),
  keyShape('perplexity key', { at: ['pplx-'], of: word, least: 40 }),
  keyShape('replicate token', { at: ['r8_'], of: word, least: 37 }),
  keyShape('yandex key', { at: ['AQVN'], of: token, least: 35 }),
  keyShape('mapbox secret token', { at: ['sk.eyJ'], of: token, also: '.', least: 40 }),
  keyShape('twitter bearer token', { at: ['AAAAAAAAAAAAAAAAAAAAA'], of: word, also: '%', least: 60 }),
  keyShape('frame.io token', { at: ['fio-u-'], of: token, least: 60 }),
  keyShape('duffel token', { at: ['duffel_live_', 'duffel_test_'], of: token, least: 40 }),
];
