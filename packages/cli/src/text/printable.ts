/** Control characters, line ends among them, halves of pairs, and what turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Text from elsewhere as one line that a terminal shows as it is: no escape sequence, no more than `most` characters. */
export function printable(text: string, most = 500): string {
  // what is cut off need not be cleaned
  const clean = text
    .slice(0, most * 4)

    .replace(UNPRINTABLE, '')
    .trim();
  return shortened(clean, most);
}

/** JSON with every character escaped that a terminal could act on. */
export function printableJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, undefined, 2).replace(UNPRINTABLE, (found) => (found === '\n' ? found : escaped(found)));
}

/** At most so many characters, with an ellipsis where something was cut off. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, Math.max(most - 1, 0)).join('')}…`;
}
