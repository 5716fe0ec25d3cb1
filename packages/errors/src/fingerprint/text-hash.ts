const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
const PRIME_LOW = 0x1b3;

/**
 * FNV-1a with 64 bits (Fowler, Noll, Vo) as 16 hexadecimal digits: the same in every process, of every version, with
 * nothing to load. Over the code units of the text: the low byte, and the high byte where there is one, so that ASCII
 * gives the published values. For telling groups apart; it protects nothing.
 */
export function textHash(text: string): string {
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = (low ^ (unit & 0xff)) >>> 0;
    // times 2^40 + 0x1b3, in two words: the product of a word and 0x1b3 has 41 bits, which a number holds exactly
    let product = low * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + (low << 8) + Math.floor(product / 0x1_0000_0000)) >>> 0;
    low = product >>> 0;
    if (unit <= 0xff) continue;
    low = (low ^ (unit >>> 8)) >>> 0;
    product = low * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + (low << 8) + Math.floor(product / 0x1_0000_0000)) >>> 0;
    low = product >>> 0;
  }
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
