import { activeTraceFields } from './trace-fields.js';

/** What takes an argument's place in a text, and `%%`, which takes none (Node.js, `util.format`). */
const PLACEHOLDER = /%[%sdifjoOc]/g;

/**
 * The arguments of a call of the console with the fields of the active span behind what they would write; the same ones
 * outside a span, and where there are none.
 */
export function withTraceFields(args: readonly unknown[]): readonly unknown[] {
  const fields = args.length === 0 ? undefined : activeTraceFields();
  if (fields === undefined) return args;
  const text = `trace_id=${fields.trace_id} span_id=${fields.span_id}`;
  const [first, ...others] = args;
  // a further argument would fill a placeholder that has none: then nothing follows the text, and ours can be its end
  if (typeof first === 'string' && placeholders(first) >= others.length) return [`${first} ${text}`, ...others];
  return [...args, text];
}

function placeholders(text: string): number {
  let count = 0;
  for (const [placeholder] of text.matchAll(PLACEHOLDER)) if (placeholder !== '%%') count += 1;
  return count;
}
