import { activeTraceFields } from './trace-fields.js';

/** What stands behind a sign of percent where a value takes its place (Node.js, `util.format`). */
const TAKES_VALUE = 'sdifjoOc';

/**
 * The arguments of a call of the console with the fields of the active span behind what they would write; the same ones
 * outside a span, and where there are none.
 */
export function withTraceFields(args: readonly unknown[]): readonly unknown[] {
  const fields = args.length === 0 ? undefined : activeTraceFields();
  if (fields === undefined) return args;
  const text = `trace_id=${fields.trace_id} span_id=${fields.span_id}`;
  const first = args[0];
  // a further argument would fill a placeholder that has none: then nothing follows the text, and ours can be its end
  if (typeof first === 'string' && placeholders(first) >= args.length - 1)
    return [`${first} ${text}`, ...args.slice(1)];
  return [...args, text];
}

function placeholders(text: string): number {
  let count = 0;
  const last = text.length - 1;
  // two signs of percent are one that is written, and whatever else follows one belongs to it too
  for (let at = text.indexOf('%'); at !== -1 && at < last; at = text.indexOf('%', at + 2)) {
    if (TAKES_VALUE.includes(text[at + 1]!)) count += 1;
  }
  return count;
}
