import * as z from 'zod/mini';
import { described, group, list, oneOf, text, whole } from './fields.js';

const TOKEN = 'a token of 1 to 4096 printable ASCII characters without spaces';
const token = () => z.string({ error: TOKEN }).check(z.regex(/^[\x21-\x7e]{1,4096}$/, { error: TOKEN }));

/** The HTTP server. */
export const serverSchema = z.union(
  [
    z.boolean(),
    group({
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
    }),
  ],
  { error: 'true, false or an object' },
);
