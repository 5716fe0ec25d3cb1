import { activeTraceFields, saysTrace } from './trace-fields.js';

/** It carries fields of ours: when it is logged again it must not keep those of its first time. */
const OURS = 1;
/** It was looked at when it was logged: a format comes to it later, perhaps in another span. */
const LOGGED = 2;
/** What is known of lines, in bits. */
const lines = new WeakMap<object, number>();

/** Puts the fields of the active span on a line of winston that is being logged. Never throws. */
export function correlateLogged(line: unknown): void {
  if (typeof line === 'object' && line !== null) correlate(line, lines.get(line) ?? 0, LOGGED);
}

/** Puts them on a line that is being formatted, unless it was looked at before. Never throws. */
export function correlateFormatted(line: unknown): void {
  if (typeof line !== 'object' || line === null) return;
  const known = lines.get(line) ?? 0;
  if ((known & LOGGED) === 0) correlate(line, known, 0);
}

function correlate(line: object, known: number, how: number): void {
  let now = how;
  try {
    const isOurs = (known & OURS) !== 0;
    // a line that says something of a trace itself keeps it, alone
    if (isOurs || !saysTrace(line)) {
      const fields = activeTraceFields();
      if (fields !== undefined) {
        Object.assign(line, fields);
        now |= OURS;
      } else if (isOurs) {
        for (const name of ['trace_id', 'span_id', 'trace_flags']) Reflect.deleteProperty(line, name);
      }
    }
  } catch {
    // a line that is frozen, or a proxy: it is written as it is
  }
  if (now !== known) lines.set(line, now);
}
