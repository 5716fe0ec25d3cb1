/** Words of the UCUM units that Prometheus has words for (specification, "Prometheus and OpenMetrics Compatibility"). */
const unitWords = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', ''],
  ['%', 'percent'],
]);

/** Words after "per", in the singular. Here `m` is the minute, as the Collector has it. */
const perWords = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

/** What a unit adds to a name: `bytes` and `per_second` of `By/s`; empty where there is nothing to add. */
export interface UnitSuffix {
  readonly main: string;
  readonly per: string;
}

/**
 * The words of a UCUM unit. Any part with an annotation in braces counts for nothing; a unit without a word keeps its
 * own letters.
 */
export function unitSuffix(unit: string): UnitSuffix {
  const slash = unit.indexOf('/');
  const main = slash < 0 ? unit : unit.slice(0, slash);
  const per = slash < 0 ? '' : unit.slice(slash + 1);
  const perWord = wordOf(per, perWords);
  return { main: nameCharacters(wordOf(main, unitWords)), per: perWord === '' ? '' : perSuffix(perWord) };
}

function wordOf(part: string, words: Map<string, string>): string {
  const code = part.trim();
  if (/[{}]/.test(code)) return '';
  return words.get(code) ?? code;
}

function perSuffix(word: string): string {
  const suffix = nameCharacters(`per_${word}`);
  return suffix === 'per_' ? '' : suffix.replace(/_$/, '');
}

/** Letters, digits and colons; all else becomes one `_` a run, and none in front. */
function nameCharacters(text: string): string {
  return text.replace(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '');
}
