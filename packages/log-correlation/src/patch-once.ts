import { processWide } from '@otel-monitor/runtime';

interface Patched {
  users: number;
  readonly undo: () => void;
}

/** What is patched now, whichever copy of this package did it. */
const patched = processWide('log-correlation', () => new WeakMap<object, Patched>());

/** Patches an object for the first one who asks, and takes it back with the last one; gives the way back. */
export function patchOnce(target: object, patch: () => () => void): () => void {
  let known = patched.get(target);
  if (known === undefined) {
    known = { users: 0, undo: patch() };
    patched.set(target, known);
  }
  const { undo } = known;
  known.users += 1;
  let isOn = true;
  return () => {
    if (!isOn) return;
    isOn = false;
    known.users -= 1;
    if (known.users > 0) return;
    patched.delete(target);
    undo();
  };
}
