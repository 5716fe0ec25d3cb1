import { shortened } from './printable.js';

/** Lines fit a terminal of this width. */
export const WIDTH = 100;

/** The same of pages of errors and usage. */
export const NARROW = 80;

const INDENT = '  ';
const GAP = 2;

/** A table: the first column to the left, the others to the right. What has no room is cut, in the first column first. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  most = 20,
  width: number = WIDTH,
): string[] {
  const shown = rows.slice(0, most);
  const widths = head.map((title, column) => Math.max(title.length, ...shown.map((row) => length(row[column] ?? ''))));
  const others = widths.slice(1).reduce((all, width) => all + width + GAP, 0);
  const first = Math.min(widths[0] ?? 0, width - INDENT.length - others);
  const line = ([name = '', ...cells]: readonly string[], indent: string) => {
    const start = indent + padEnd(shortened(name, first), first + INDENT.length - indent.length);
    const rest = cells.map((cell, index) => padStart(cell, widths[index + 1]! + GAP)).join('');
    return shortened((start + rest).trimEnd(), width);
  };
  const lines = [line(head, ''), ...shown.map((row) => line(row, INDENT))];
  if (rows.length > shown.length) lines.push(`${INDENT}and ${rows.length - shown.length} more`);
  return lines;
}

/** A label, and beside it text that is broken between words, or items that are broken between each other. */
export function labelled(
  label: string,
  text: string | readonly string[],
  labelWidth = 12,
  width: number = WIDTH,
): string[] {
  const margin = INDENT.length + labelWidth + GAP;
  const lines = wrapped(
    typeof text === 'string' ? text : text.map((item) => kept(item, width)).join(', '),
    width - margin,
  );
  return lines.map((line, index) =>
    `${INDENT}${padEnd(index === 0 ? shortened(label, labelWidth) : '', labelWidth)}${' '.repeat(GAP)}${line}`
      .replaceAll(NO_BREAK, ' ')
      .trimEnd(),
  );
}

const NO_BREAK = '\u00a0';

/** An item that stays on one line, unless it is a sentence of its own. */
function kept(item: string, width: number): string {
  return length(item) > width / 2 ? item : item.replaceAll(' ', NO_BREAK);
}

/** Text in lines of at most this width, broken between words; a word that is longer is broken. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    for (const piece of pieces(word, width)) {
      if (line !== '' && length(line) + 1 + length(piece) > width) {
        lines.push(line);
        line = piece;
      } else line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const characters = [...word];
  const found: string[] = [];
  do found.push(characters.splice(0, width).join(''));
  while (characters.length > 0);
  return found;
}

function length(text: string): number {
  return [...text].length;
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - length(text), 0));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(width - length(text), 0)) + text;
}
