import { BroadcastChannel } from 'node:worker_threads';

/** Where threads make themselves known to the main thread; each then has a channel of its own, by its id behind it. */
export const HANDSHAKE = 'otel-monitor.threads.1';

/** A channel that keeps no thread alive. */
export function openChannel(name: string, heard: (message: unknown) => void): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => heard((event as { data?: unknown }).data);
  channel.unref();
  return channel;
}

/** A field of a message that is beside its form: the thread that is `from`, begun `by` another, or that has `left`. */
export function textIn(given: unknown, field: 'from' | 'by' | 'left'): string | undefined {
  const text = typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[field] : undefined;
  return typeof text === 'string' ? text : undefined;
}
