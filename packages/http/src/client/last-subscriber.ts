import { type Channel, channel } from 'node:diagnostics_channel';

type Listener = (message: unknown, name: string | symbol) => void;

/**
 * Has `listener` told of what a channel publishes after all others, those that subscribe later included: what they have
 * done with a request must be seen. Gives the way back.
 */
export function subscribeLast(name: string, listener: Listener): () => void {
  const told: Channel = channel(name);
  told.subscribe(listener);
  // the channel's prototype changes with its first and last subscriber
  const subscribeOf = () => Object.getPrototypeOf(told).subscribe as Channel['subscribe'];
  const subscribe: Channel['subscribe'] = (other) => {
    subscribeOf().call(told, other);
    told.unsubscribe(listener);
    subscribeOf().call(told, listener);
  };
  Object.defineProperty(told, 'subscribe', { value: subscribe, configurable: true, writable: true });
  return () => {
    if (told.subscribe === subscribe) Reflect.deleteProperty(told, 'subscribe');
    told.unsubscribe(listener);
  };
}
