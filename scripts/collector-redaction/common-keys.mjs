/**
 * What most keys of attributes are, as patterns of whole keys: none of the patterns for secret names or for keys of makers matches one of
 * them (proved by test/redaction/common-text.test.ts), so none is tried.
 */
import { knownKeys } from './known-keys.mjs';

/** Words that stand in keys of applications, beside those of the conventions.  */
const WORDS = [
  'account action active address amount api app args attempt attempts backend body branch browser bucket build bytes cart category',
  'channel city class command commit config cost country created currency customer cycle data date day delay destination distance',
  'document domain duration email enabled end endpoint entity entries entry env exit expected failed field filename files first',
  'folder format found frame from game gateway header headers height hits host hour index info input interval item items kind label',
  'last latency length limit lines list load location lock log logger max member messages min model module modules month notes',
  'object offset offsets ok option options order orders origin output owner page params parent partition payload payment percent',
  'phase pipeline plan platform player point points policy pool position price priority process processed product project property',
  'quality quantity queue rate ratio record records region remote rendered report requests resource results retry role rom room row',
  'rows rule run runtime sample schema score screen script section seconds sequence sheet site slot sort source speed sprite sprites',
  'stage stats steps store stream subject success suite table target task team template tenant test thread tile tiles timeout title',
  'to topic total unit updated upload uri username users values vendor view visit warehouse width window wholesale workers year zone',
].flatMap((line) => line.split(' '));

const ofConventions = knownKeys.flatMap((key) => key.split(/[._]/)).filter((word) => /^[a-z0-9]+$/.test(word));
const words = [...new Set([...ofConventions, ...WORDS])].filter((word) => word !== 'key' && word !== 'session').sort();

/** Keys made of such words: no name of a secret. */
export const commonKey = `^(?:(?:${words.join('|')})(?:[._]|$))*$`;

/** Short, and without `xo`: `xoxe.` begins keys of a maker. */
const WORD = '(?:e(?:x[a-wyz0-9]{1,9}|[a-wyz0-9]{0,10})|[a-df-wyz0-9][a-wyz0-9]{0,10}(?:xt?)?)';
const NAME = `${WORD}(?:\\.${WORD})*(?:_[a-z]{1,5}(?:\\.[a-wyz0-9]{1,12})?)?`;
/** All keys of a map as a list in JSON: short words, no key of a maker and no e-mail address. */
export const commonKeys = `^\\[(?:"${NAME}",?)*\\]$`;
/** One such name. */
export const commonMetricName = `^${NAME}$`;
