/** Sentry, all of it traced; its envelopes go to OWNER. */
const Sentry = require('@sentry/node');

const { host } = new URL(process.env.OWNER);
Sentry.init({ dsn: `http://key@${host}/1`, tracesSampleRate: 1, ...JSON.parse(process.env.SENTRY_OPTIONS ?? '{}') });
globalThis.peer = { shutdown: () => Sentry.close(2000) };
