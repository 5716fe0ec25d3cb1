import { createHash } from 'node:crypto';
import { httpRound, PATH, withVariants } from './http-round.mjs';
import { SUBJECTS } from './http-subjects.mjs';
import { inOrderOf } from './rounds.mjs';
import { alone, comparedAdded } from './rows.mjs';
import { differences, median, percentile, summary } from './statistics.mjs';

const PER_SECOND = 1000;
const HANDLER_MILLIS = 5;
/** A second of such a handler. What waits is exported at its end: of a shorter block that would be too large a part. */
const HANDLER_BLOCK_SIZE = 200;
const HANDLER_WARM_UP_BLOCKS = 10;
const SUBJECT = { ...SUBJECTS.server, ways: ['register'] };

/** What monitoring adds to the time of an answer under a steady load, and to a handler that computes for 5 ms. */
export async function measureHttpLatency(sink, settings) {
  return [await latencyRow(sink, settings), await handlerRow(sink, settings)];
}

async function latencyRow(sink, { httpRounds, rateSeconds, rateWarmUpSeconds, say }) {
  const p99 = { bare: [], context: [], instrumentations: [], register: [] };
  const middle = { bare: [], context: [], instrumentations: [], register: [] };
  for (let round = 0; round < httpRounds; round += 1) {
    say(`latency at ${PER_SECOND} requests a second: round ${round + 1} of ${httpRounds}`);
    await withVariants(SUBJECT, sink, { ratio: 1, round }, async (variants, load) => {
      for (const { variant, port } of variants) await steady(load, { variant, port, seconds: rateWarmUpSeconds });
      const millis = Object.fromEntries(variants.map(({ variant }) => [variant, []]));
      // a second each in turn: what disturbs the machine for a while disturbs all of them
      for (let second = 0; second < rateSeconds; second += 1) {
        for (const { variant, port } of inOrderOf(second, variants)) {
          millis[variant].push(...(await steady(load, { variant, port, seconds: 1 })));
        }
      }
      for (const [variant, taken] of Object.entries(millis)) {
        p99[variant].push(percentile(taken, 0.99));
        middle[variant].push(median(taken));
      }
    });
  }
  const each = (of) =>
    Object.entries(of)
      .map(([variant, values]) => `${variant} ${summary(values).median.toFixed(3)}`)
      .join(', ');
  return {
    ...comparedAdded(
      `HTTP server: 99th percentile of the time of an answer added, at ${PER_SECOND} requests a second`,
      {
        unit: 'ms',
        ours: p99.register,
        theirs: p99.instrumentations,
        bare: p99.bare,
        limit: 1,
        note: `from when a request falls due until its answer is read, in ms: ${each(p99)}; medians ${each(middle)}`,
      },
    ),
    // both may add next to nothing: a ratio would say nothing
    ratio: undefined,
  };
}

async function steady(load, { variant, port, seconds }) {
  const { failed, millis } = await load.steady({ port, path: PATH, perSecond: PER_SECOND, seconds });
  if (failed > 0) throw new Error(`${variant}: ${failed} requests failed`);
  return millis;
}

async function handlerRow(sink, { httpRounds, handlerBlocks, say }) {
  const bytes = bytesHashedIn(HANDLER_MILLIS);
  const results = [];
  for (let round = 0; round < httpRounds; round += 1) {
    say(`a handler of ${HANDLER_MILLIS} ms: round ${round + 1} of ${httpRounds}`);
    const blocks = { blocks: handlerBlocks, warmUpBlocks: HANDLER_WARM_UP_BLOCKS, blockSize: HANDLER_BLOCK_SIZE };
    results.push(await httpRound(SUBJECT, sink, { ratio: 1, round, workBytes: bytes, ...blocks }));
  }
  const micros = (variant) => results.map((result) => result[variant].microsPerRequest);
  const share = (variant) =>
    differences(micros(variant), micros('bare')).map((added, at) => (100 * added) / micros('bare')[at]);
  const theirs = summary(share('instrumentations')).median.toFixed(2);
  return alone(`HTTP server: CPU added to a handler that computes ${HANDLER_MILLIS} ms`, {
    unit: '%',
    ours: share('register'),
    limit: 2,
    note: `it hashes ${(bytes / 2 ** 20).toFixed(1)} MB; bare: ${(summary(micros('bare')).median / 1000).toFixed(2)} ms of CPU a request; instrumentation-http: ${theirs} %`,
  });
}

/** Found out anew on each machine; each variant then hashes the same. */
function bytesHashedIn(millis) {
  const chunk = Buffer.alloc(64 * 1024, 7);
  const rates = Array.from({ length: 5 }, () => {
    const hash = createHash('sha256');
    const start = performance.now();
    for (let i = 0; i < 400; i += 1) hash.update(chunk);
    hash.digest();
    return (400 * chunk.length) / (performance.now() - start);
  });
  return Math.round((median(rates) * millis) / chunk.length) * chunk.length;
}
