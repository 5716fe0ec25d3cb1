/**
 * What most values are, as patterns of whole values: where one of them matches, none of the patterns for secrets can, so none is tried,
 * which would cost a hundred times as much. That holds for every text, not only for those of a list:
 * test/redaction/common-text.test.ts proves it pattern by pattern, and names a text where one does not hold.
 *
 * RE2 reads one of at most 500 instructions about four times as fast as a longer one.
 */

/** The path of a home folder begins with none of these. */
const PATH = '/[abcdfgi-loq-tw-zA-TV-Z]';
/** What parts words. A path may come next. */
const SPACE = '[\\s("\']';
/** Where a literal was, or a parameter: `= $1`, `= ?`. */
const PLACE = '(?:\\$\\d{1,2}|\\?)[,)]{0,2}(?:[\\s;]|$)';
/** Letters that no name ends with which counts with a sign and any text: `mnemonic`, `passphrase`, `key`. */
const FREE = 'abdfh-ln-xzABDFH-LN-XZ';
const SIGNS = '\\s("\'=:@%<>`\\\\/';
const WORDS =
  `(?:[${FREE}](?:/+:?|= ${PLACE}|${SPACE}+(?:= ?${PLACE}|${PATH})?)?|` +
  `[^${SIGNS}${FREE}-](?:/+:?|${SPACE}+(?:${PATH})?)?|` +
  `-(?:[^${SIGNS}-](?:/+:?|${SPACE}+(?:${PATH})?)?| +))*`;

const PARAMETERS = [
  'category count currency cursor date day end expand fields filter format from id ids include lang limit locale mode month',
  'name offset order order_by page per_page q query region search since size sort start status tab to type until v version',
  'view year',
].flatMap((line) => line.split(' '));
const QUERY = `(?:${PARAMETERS.join('|')})=[\\w.,*-]*`;
const QUERIES = `${QUERY}(?:&${QUERY})*`;
const HOST = '(?:localhost(?::\\d{1,5})?|\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?|[a-km-tv-z][A-Za-z0-9.-]*)';

const NODE =
  'node:(?:internal/(?:process/task_queues|modules/(?:cjs/loader|run_main)|timers|streams/(?:readable|destroy))|events|net|' +
  '_http_server|async_hooks)';
const FRAME =
  '\\n +at (?:[\\w.$]+ (?:[\\w.$]+ )?(?:\\[as \\w+\\] )?|(?:async )?(?:\\w+\\.)?<anonymous> )?\\(?' +
  `(?:(?:file://)?${PATH}[\\w.+/-]*?\\.[cm]?[jt]sx?|${NODE}):\\d+:\\d+\\)?`;
const ERROR = '(?:Type|Reference|Range|Syntax|Assertion|Aggregate|Timeout|Abort)?Error: ';

/** Values without a secret that a sign tells (`toldBySign`). */
export const withoutSigns = [
  // words, numbers, statements, routes, user agents
  `^(?:/:?|${SPACE}+(?:${PATH})?)?${WORDS}$`,
  // addresses, and queries of parameters that mean no secret
  `^https?://${HOST}(?:/[\\w.~{}*!,;-]*)*(?:\\?${QUERIES})?$`,
  `^${QUERIES}$`,
  // an error and its stack
  `^${ERROR}${WORDS.replaceAll('[\\s("', '[ ("').replaceAll('[\\s;', '[ ;')}(?:${FRAME})*$`,
];

const WORD = '(?:[a-z_]{1,18}|[A-Z](?:[a-z_]{1,18}|[A-Z_]{1,18})?)';
/** Values without a secret that a word tells (`toldByWord`, `webhooks`). */
export const withoutWords = [
  // one word, path or address, but none of webhooks
  '^(?:[^\\s%.]|\\.(?:[^\\s%.co]|c[^\\s%.o]|o[^\\s%.r]|$))*$',
  // words without digits, which no password is
  `^${WORD}?(?:(?:[,;(){}\\[\\]*?:]|= \\$\\d{1,2}|\\$\\d{1,2})${WORD}?|\\s${WORD}?)*$`,
];

/** Ends what is too short for a key. */
const END = '(?:[^\\w.%$+~-]|$)';
/** The same, where a longer key may have one of `=/:` in it. */
const HARD_END = '(?:[^\\w.%$+~=/:-]|$)';
const PROPER = `[a-z]{1,12}(?:[A-Z][A-Za-z_]{0,6}(?:\\d{1,3}${HARD_END}|/\\d{1,3}(?:\\.\\d{1,3}){0,3}${HARD_END}|${HARD_END})|\\d{1,4}${HARD_END}|${END})`;
const UPPER = `(?:[B-Z][A-Z_]|A[C-PRSU-Z_])[A-Za-z_]{0,13}${HARD_END}|[A-Z](?:${PROPER}|\\d{1,2}${HARD_END}|${END})`;
const LOWER = `[a-z]{1,12}(?:(?:[0-9_][a-z0-9_]{0,7}|-[a-z]{1,8})${HARD_END}|${END})|[a-wyz]{1,12}(?:\\.[a-wyz]{1,12})?\\.[a-z]{1,12}${END}`;
/** Behind a number no other one may come: several are a card or a phone. */
const NUMBER = `\\d{1,12}(?:\\.\\d{1,3})*(?:[a-z]{1,2}${HARD_END}| (?:[A-Za-z][a-z]{0,12}${END}|[^\\w.%$+~ -])|[^\\w.%$+~ -]|$)`;
const SHORT = '(?:[A-Za-z]{1,10}|\\d{1,3})';
const FUNCTION = '[A-Za-z][a-z]{0,11}(?:[A-Z][a-z]{0,10})?';
const CALL = `(?:(?:async |new )?(?:(?:${FUNCTION}(?:\\.(?:[a-z]{1,9}|<anonymous>))?|process\\.processTicksAndRejections) )?\\(|async )?`;
const FOLDER = '/(?:node_modules|[a-z]{1,12}(?:-[a-z]{1,4})?)';
const FILE = '\\.[cm]?[jt]sx?';
/** Values without a secret that has a form of its own (`shapesByBeginning`, `shapesByForm`). */
export const withoutForms = [
  // short words and numbers, whatever is between them
  `^(?:[^\\w.%$+~-]|${UPPER}|${LOWER}|${NUMBER}|\\$\\d{1,2}(?:[ ,;)\\n]|$))*$`,
  '^-?\\d{1,3}\\.\\d{1,20}$',
  // an error of short words and its stack
  `^${ERROR}${SHORT}?(?:[ ,;:()'"]{1,2}${SHORT}?)*\\.?(?:\\n +at ${CALL}(?:(?:file://)?(?:${FOLDER})+${FILE}|${NODE}):\\d{1,5}:\\d{1,5}\\)?)*$`,
  '^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$',
];
/** Passed by although the first three groups of one may be digits as a card has them: one UUID in some thousands. */
export const uuid = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Names of spans, events and scopes, versions, severities: without a secret of any kind. */
export const commonName =
  '^(?:[A-Z]{1,8}|\\d{1,3}(?:\\.\\d{1,3}){0,3}|' +
  '(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY|SELECT|INSERT|UPDATE) )?' +
  `(?:(?:/[abcdfgi-loq-tw-z][a-z]{0,11}|/:[a-z]{1,12}|/\\{[a-z]{1,12}\\})(?:/[:{]?[a-z]{1,12}\\}?)*/?|/)?|` +
  '(?:(?:SELECT|INSERT|UPDATE|DELETE) )?[a-z]{0,12}(?:[_. -][a-z]{1,8})?)$';

/** Descriptions of metrics: without a key of a maker and an e-mail address. */
export const commonDescription = '^(?:[A-Za-z]{1,11}(?:[ ,;:()]+|\\. |\\.?$))*$';
