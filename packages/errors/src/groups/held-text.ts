const STRING_HEADER = 24;
/** V8 copies shorter pieces of a text anyway. */
const SHORTEST_PIECE = 13;
/** A text of one byte a character has none of these. */
const WIDE = /[\u0100-\uffff]/;

/**
 * A copy of a text that holds nothing else: V8 keeps a piece of a text as a reference to the whole, so that a line cut
 * out of a megabyte would hold the megabyte.
 */
export function heldText(text: string): string {
  return text.length < SHORTEST_PIECE ? text : JSON.parse(JSON.stringify(text));
}

/** What a text takes in memory, in bytes. */
export function textBytes(text: string): number {
  return STRING_HEADER + (WIDE.test(text) ? 2 * text.length : text.length);
}
