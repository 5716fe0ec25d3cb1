/**
 * For each letter from a to z those that hardly ever follow it in words of English and in names of programs: of some
 * 30,000 such words, fewer than 40 have the pair.
 */
const RARE_AFTER =
  'q ghkqvwxz gjnqwxz jkqwxz - ghjkmnpqvwxz bdfjkqvwxz bcdfgjkpqvwxz hiqw bcdfghjklmnpqrtvwxyz bcdfgjkmqvwxz ghjqrwxz ' +
  'fghjnqrvwxz qx qz bfgjknqvwxz abcdefghijklmnopqrstvwxyz hjqxz jxz bjqvx hjquvwxyz bcdfghjklmnpqrtuvwxyz ' +
  'bcdfgjklmpqtuvwxyz bdfghjklmnoqrsuvwyz dfghjkqrvwxyz bcdfghjklmnpqrstuvwxyz';
const LETTERS = 26;
/** Whether a letter's number times 26 and the next one's is a rare pair. */
const RARE = new Uint8Array(LETTERS * LETTERS);
RARE_AFTER.split(' ').forEach((followers, first) => {
  for (const follower of followers.replace('-', '')) RARE[first * LETTERS + follower.charCodeAt(0) - 97] = 1;
});
/** f */
const LAST_HEX = 5;
const LONG_CONSONANTS = 6;
const SOME_CONSONANTS = 4;

/**
 * Whether letters without a digit are nobody's word but a random id, as far as that can be seen: by pairs of letters that
 * words do not have, many consonants in a row, or capitals strewn within. For eight letters and more.
 *
 * @param isName one that a bundler may have made: it has no capitals in a row as `XMLHttpRequest` has, and one pair is enough
 */
export function isMadeUp(word: string, isName = false): boolean {
  let rare = 0;
  let consonants = 0;
  let most = 0;
  let turns = 0;
  let before = -1;
  let wasCapital = false;
  let highest = 0;
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    const isCapital = code >= 65 && code <= 90;
    const letter = isCapital ? code - 65 : code - 97;
    // a sign, or a letter of another alphabet: nothing is known of those
    if (letter < 0 || letter >= LETTERS) return false;
    if (index > 0 && isCapital !== wasCapital) turns += 1;
    // a capital behind a small letter begins a word
    if (index > 0 && (wasCapital || !isCapital)) rare += RARE[before * LETTERS + letter] as number;
    if (letter > highest) highest = letter;
    consonants = isVowel(letter) ? 0 : consonants + 1;
    if (consonants > most) most = consonants;
    before = letter;
    wasCapital = isCapital;
  }
  // hexadecimal without a digit: no word has only these
  if (highest <= LAST_HEX || turns * 5 >= word.length * 3) return true;
  if (turns > 1) return isName && rare > 0;
  return rare >= 2 || (rare === 1 && most >= SOME_CONSONANTS) || most >= LONG_CONSONANTS;
}

/** a, e, i, o, u, y. */
function isVowel(letter: number): boolean {
  return letter === 0 || letter === 4 || letter === 8 || letter === 14 || letter === 20 || letter === 24;
}
