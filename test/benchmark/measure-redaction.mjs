import { resultOf } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { alone } from './rows.mjs';
import { median } from './statistics.mjs';

const RUNS = 6;
/** How many of the slowest texts a note names. */
const NAMED = 5;

/** The privacy policy: a megabyte of the text that costs most, an ordinary stack and message, values without text. */
export async function measureRedaction(_sink, { rounds, say }) {
  const { redaction } = await interleaved(['redaction'], rounds, (_variant, round) => {
    say(`redaction: round ${round + 1} of ${rounds}`);
    return resultOf('./redaction-child.mjs', { args: [JSON.stringify({ runs: RUNS })] });
  });
  const byText = redaction[0].adversarial.map(({ name }, index) => ({
    name,
    millis: redaction.map((each) => each.adversarial[index].millis),
  }));
  byText.sort((one, other) => median(other.millis) - median(one.millis));
  const slowest = byText.slice(0, NAMED).map(({ name, millis }) => `${name} ${median(millis).toFixed(1)}`);
  const nanos = (kind) => redaction.map((each) => each[kind]);
  const { stack, message } = redaction[0];
  return [
    alone(`redaction of 1 MB, the slowest of ${byText.length} adversarial texts`, {
      unit: 'ms',
      ours: byText[0].millis,
      limit: 20,
      note: `${slowest.join(', ')}; the median text ${median(byText.map(({ millis }) => median(millis))).toFixed(1)} ms`,
    }),
    alone(`redaction of a stack of 20 frames without a secret`, {
      unit: 'µs',
      ours: redaction.map((each) => each.stack.nanos / 1000),
      note: `${stack.characters} characters`,
    }),
    alone('redaction of a message without a secret', {
      unit: 'ns',
      ours: redaction.map((each) => each.message.nanos),
      note: `${message.characters} characters; a value of three characters ${median(nanos('value')).toFixed(0)} ns`,
    }),
    alone('redaction of an attribute that is no text: a number', { unit: 'ns', ours: nanos('number'), limit: 20 }),
    alone('redaction of an attribute that is no text: true or false', { unit: 'ns', ours: nanos('flag'), limit: 20 }),
  ];
}
