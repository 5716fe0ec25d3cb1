/** Measures what the privacy policy costs, in a process of its own: adversarial text, stacks, messages, attributes. */
import { defaultRedactor } from '@otel-monitor/redaction';
import { adversarialTexts } from './adversarial-texts.mjs';

const { runs } = JSON.parse(process.argv[2]);
const MEGABYTE = 1_000_000;
const FRAMES = [
  '    at Object.extractSprites [as extract] (/srv/app/dist/sprites/extract.js:123:45)',
  '    at async SpriteService.batch (/srv/app/dist/services/sprite-service.js:88:17)',
  '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  '    at Layer.handle (/srv/app/node_modules/express/lib/router/layer.js:95:5)',
  '    at next (/srv/app/node_modules/express/lib/router/route.js:149:13)',
];
const STACK = Buffer.from(
  [
    "TypeError: Cannot read properties of undefined (reading 'tiles')",
    ...Array.from({ length: 20 }, (_, i) => FRAMES[i % 6]),
  ].join('\n'),
).toString('latin1');
const MESSAGE = 'Tile 12 out of range in sheet game.sfc!!';

/** What one call takes, in nanoseconds: the fastest of several rounds, since what else the machine does only adds. */
function nanosOf(call, calls) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < runs * 4; round += 1) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i += 1) call();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / calls);
  }
  return least;
}

function assertClean(text) {
  if (defaultRedactor.redactText(text) !== text) throw new Error('the ordinary text has something to redact');
}

const texts = adversarialTexts(MEGABYTE);
// all of them first: what is measured is compiled for every text, not for the one before
for (const { text } of adversarialTexts(60_000)) for (let i = 0; i < 12; i += 1) defaultRedactor.redactText(text);
const adversarial = texts.map(({ name, text }) => ({
  name,
  millis: nanosOf(() => defaultRedactor.redactText(text), 1) / 1e6,
}));
assertClean(STACK);
assertClean(MESSAGE);
const result = {
  adversarial,
  stack: { characters: STACK.length, nanos: nanosOf(() => defaultRedactor.redactText(STACK), 2_000) },
  message: { characters: MESSAGE.length, nanos: nanosOf(() => defaultRedactor.redactText(MESSAGE), 50_000) },
  number: nanosOf(() => defaultRedactor.redactValue('tiles', 42), 500_000),
  flag: nanosOf(() => defaultRedactor.redactValue('cached', true), 500_000),
  value: nanosOf(() => defaultRedactor.redactValue('rom_type', 'sfc'), 200_000),
};
process.send({ type: 'result', result }, () => process.exit());
