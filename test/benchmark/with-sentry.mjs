/**
 * The same operations by Sentry: every span sampled, the integrations that it starts with. It sends each trace in a request of
 * its own and drops what waits beyond 64 of them; here it may let as many wait as a block has, so that nothing is dropped.
 */
import { NAME, ROM_TYPE, ROOT_NAME, work } from './work.mjs';

export async function setUp({ sink, peer, blockSize }) {
  const Sentry = await import(peer);
  Sentry.init({
    dsn: sink.replace('://', '://key@').concat('/1'),
    release: 'benchmark@1.0.0',
    tracesSampleRate: 1,
    transportOptions: { bufferSize: blockSize },
  });
  const options = () => ({ name: NAME, attributes: { rom_type: ROM_TYPE } });
  return {
    sync: (i) =>
      Sentry.startSpan(options(), (span) => {
        span.setAttribute('sprites', i);
        return work(i);
      }),
    async: (i) =>
      Sentry.startSpan(options(), async (span) => {
        span.setAttribute('sprites', i);
        return work(i);
      }),
    within: (callback) => Sentry.startSpan({ name: ROOT_NAME }, callback),
    flush: () => Sentry.flush(10_000),
    points: async () => [],
  };
}
