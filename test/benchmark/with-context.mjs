/**
 * What whoever hands a trace on cannot do without: Node's own propagation of context over callbacks and promises, and nothing
 * else. It is in the figures of both sides.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

new AsyncLocalStorage().enterWith({});
