import { described, flag, group, list, oneOf, text, textLike, whole } from './fields.js';
import { Choice, type ValueOf } from './schema.js';

const TOKEN = 'a token of 1 to 4096 printable ASCII characters without spaces';
const token = () => textLike(/^[\x21-\x7e]{1,4096}$/, TOKEN);

const settings = group({
  host: described(
    'Address to listen on. Any but loopback needs tokens, or auth "none".',
    text('a host name or address'),
  ),
  port: described('Port to listen on; 0: any free one.', whole(0, 65_535)),
  auth: described('"none": no request needs a token, on any address.', oneOf('token', 'none')),
  tokens: described(
    'Tokens by role. A role may do what the roles before it may.',
    group({
      viewer: described('May read metrics, health and alerts.', token()),
      operator: described('May read errors, restart components and silence alerts.', token()),
      admin: described('May read the audit trail and this configuration.', token()),
    }),
  ),
  allowedHosts: described(
    'Names, beside its own address, that the Host header may have.',
    list('host names', text('a host name')),
  ),
});

/** The HTTP server. */
export const serverSchema = new Choice<boolean | ValueOf<typeof settings>>('true, false or an object', [
  flag(),
  settings,
]);
