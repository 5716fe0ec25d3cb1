import { activeTraceFields, saysTrace } from './trace-fields.js';

/** Lines that carry fields of ours: one that is logged again must not keep those of its first time. */
const ours = new WeakSet<object>();
/** Lines that were looked at when they were logged: a format comes to them later, perhaps in another span. */
const logged = new WeakSet<object>();

/** Puts the fields of the active span on a line of winston that is being logged. Never throws. */
export function correlateLogged(line: unknown): void {
  if (typeof line !== 'object' || line === null) return;
  logged.add(line);
  correlate(line);
}

/** Puts them on a line that is being formatted, unless it was looked at before. Never throws. */
export function correlateFormatted(line: unknown): void {
  if (typeof line === 'object' && line !== null && !logged.has(line)) correlate(line);
}

/** A line that says something of a trace itself keeps it, alone. */
function correlate(line: object): void {
  try {
    const isOurs = ours.has(line);
    if (!isOurs && saysTrace(line)) return;
    const fields = activeTraceFields();
    if (fields !== undefined) {
      Object.assign(line, fields);
      if (!isOurs) ours.add(line);
    } else if (isOurs) {
      for (const name of ['trace_id', 'span_id', 'trace_flags']) Reflect.deleteProperty(line, name);
      ours.delete(line);
    }
  } catch {
    // a line that is frozen, or a proxy: it is written as it is
  }
}
