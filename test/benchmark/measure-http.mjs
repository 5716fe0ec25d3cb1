import { figure } from './figure.mjs';
import { compareHttpWork } from './http-equal-work.mjs';
import { httpRound, withVariants } from './http-round.mjs';
import { RECORDING_NOTHING, SUBJECTS } from './http-subjects.mjs';
import { otlpSpans } from './received-spans.mjs';
import { comparedAdded, notMeasured } from './rows.mjs';
import { differences, ratios, summary } from './statistics.mjs';

const COMPARED_REQUESTS = 20;
/**
 * Compilation must be over before anything is measured. At 1 % next to nothing is exported, and the code of the few sampled
 * requests takes more blocks to be compiled.
 */
const SAMPLED = { ratio: 1, form: 'sampled and exported', budget: 0.25, warmUpBlocks: 25 };
const AT_ONE_PERCENT = { ratio: 0.01, form: 'at 1 %', budget: 0.12, warmUpBlocks: 50 };

/** CPU that monitoring adds to a request, in and out, against the official instrumentations doing the same. */
export async function measureHttp(sink, { httpRounds, httpBlocks, say }) {
  const rows = [];
  for (const subject of Object.values(SUBJECTS)) {
    let equalWork;
    try {
      equalWork = await comparedWork(subject, sink);
    } catch (error) {
      rows.push(notMeasured(`${subject.name}: CPU added per request`, error));
      continue;
    }
    for (const sampling of [SAMPLED, AT_ONE_PERCENT]) {
      const { form, ratio, warmUpBlocks } = sampling;
      const what = `${subject.name}: CPU added per request, ${form}`;
      try {
        const results = [];
        for (let round = 0; round < httpRounds; round += 1) {
          say(`${what}: round ${round + 1} of ${httpRounds}`);
          results.push(await httpRound(subject, sink, { ratio, blocks: httpBlocks, warmUpBlocks, round }));
        }
        for (const way of subject.ways) rows.push(resultRow(subject, way, { what, results, equalWork, ...sampling }));
      } catch (error) {
        rows.push(notMeasured(what, error));
      }
    }
  }
  return rows;
}

function resultRow({ reference }, way, { what, results, budget, ratio, equalWork }) {
  const micros = (variant, field = 'microsPerRequest') => results.map((result) => result[variant][field]);
  const inRequests = (variant) => differences(micros(variant, 'microsInRequests'), micros('bare', 'microsInRequests'));
  const middle = (variant) => summary(micros(variant)).median;
  const bare = middle('bare').toFixed(1);
  const context = (middle('context') - middle('bare')).toFixed(1);
  const beyond = (variant) => differences(micros(variant), micros('context'));
  const beyondContext = figure(summary(ratios(beyond(way), beyond('instrumentations'))));
  const notes = [
    `bare: ${bare} µs`,
    `Node's propagation of context alone, which is in both: ${context} µs; beyond it: ${beyondContext}`,
    `without what is exported after a block: ${summary(ratios(inRequests(way), inRequests('instrumentations'))).median.toFixed(2)}`,
    ...(ratio === 1 ? [equalWork[way]] : []),
  ];
  return comparedAdded(`${what}, by ${way}, against ${reference}`, {
    unit: 'µs',
    ours: micros(way),
    theirs: micros('instrumentations'),
    bare: micros('bare'),
    budget,
    note: notes.join('; '),
  });
}

/** Without equal work no figure means anything. */
async function comparedWork(subject, sink) {
  return withVariants(subject, sink, { ratio: 1 }, async (variants) => {
    const work = {};
    for (const { variant, run, points } of variants) {
      if (RECORDING_NOTHING.includes(variant)) continue;
      await sink.take();
      sink.keep();
      await run(COMPARED_REQUESTS);
      work[variant] = { spans: otlpSpans((await sink.take()).kept), points: await points() };
    }
    const made = { requests: COMPARED_REQUESTS, isClient: subject.kind === 'CLIENT' };
    return Object.fromEntries(
      subject.ways.map((way) => [way, compareHttpWork(work.instrumentations, work[way], made)]),
    );
  });
}
