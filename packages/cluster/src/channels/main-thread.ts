import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { readFromPrimary } from '../wire/read-message.js';
import { envelope, type PrimaryLink, type PrimaryListener } from './links.js';
import { HANDSHAKE, openChannel } from './thread-channel.js';
import { passOnEndings } from './threads.js';

/** What threads find in their environment: the id of the thread that has begun them. */
const BEGUN_BY = 'otel-monitor.thread';

/** From a worker thread to the main thread. */
export function linkToMainThread(workerId: string, listener: PrimaryListener): PrimaryLink {
  const by = getEnvironmentData(BEGUN_BY);
  setEnvironmentData(BEGUN_BY, workerId);
  const handshake = openChannel(HANDSHAKE, () => {});
  let isHeard = false;
  const channel = openChannel(`${HANDSHAKE}/${workerId}`, (given) => {
    isHeard = true;
    const message = readFromPrimary(given);
    if (message !== undefined) listener.heard(message);
  });
  const stopPassing = passOnEndings(handshake);
  return {
    send: (message) => {
      try {
        // before the main thread listens to the channel of this thread, it listens to that of all
        if (isHeard && message.kind !== 'hello') channel.postMessage(envelope(message));
        else handshake.postMessage(envelope({ ...message, from: workerId, by }));
      } catch {
        // the channel was closed
      }
    },
    sent: () => Promise.resolve(),
    close: () => {
      stopPassing();
      channel.close();
      handshake.close();
    },
  };
}
