import { hasArrived } from './arrived-spans.mjs';
import { startChild } from './child-process.mjs';
import { RECORDING_NOTHING, startVariant, variantsOf } from './http-subjects.mjs';
import { inOrderOf } from './rounds.mjs';

/**
 * A block is shorter than the queue of the batch processor (2,048, of which 511 may be waiting), and what waits is exported at
 * its end: no span is lost, and all that a block costs is in it.
 */
export const BLOCK_SIZE = 1500;
export const PATH = '/users/42';

/**
 * One life of each variant of a subject. They live beside each other and have their blocks in turn, in another order each time:
 * what disturbs the machine for a while disturbs all of them, and one that has no block does next to nothing.
 * @param {any} subject
 * @param {any} sink
 * @param {{ ratio: number, blocks: number, warmUpBlocks: number, blockSize?: number, workBytes?: number, round: number }} settings `workBytes`: what a
 *   service's handler hashes once it is warm
 * @returns {Promise<Record<string, { microsPerRequest: number, microsInRequests: number }>>} CPU time by variant: all of it, and
 *   that without the export at the end of a block
 */
export async function httpRound(subject, sink, settings) {
  const { ratio, blocks, warmUpBlocks, blockSize = BLOCK_SIZE, workBytes, round } = settings;
  return withVariants(subject, sink, { ratio, round }, async (variants) => {
    for (const variant of variants) {
      for (let i = 0; i < warmUpBlocks; i += 1) await variant.run(BLOCK_SIZE);
      if (workBytes !== undefined) await variant.work(workBytes);
    }
    await sink.take();
    const used = variants.map(() => ({ all: 0, inRequests: 0, spans: 0 }));
    for (let block = 0; block < blocks; block += 1) {
      for (const index of inOrderOf(
        block,
        variants.map((_each, at) => at),
      )) {
        const { all, inRequests } = await variants[index].run(blockSize);
        used[index].all += all;
        used[index].inRequests += inRequests;
        used[index].spans += (await sink.take()).counts.spans;
      }
    }
    const requests = blocks * blockSize;
    return Object.fromEntries(
      variants.map(({ variant }, index) => {
        const { all, inRequests, spans } = used[index];
        const expected = RECORDING_NOTHING.includes(variant) ? 0 : requests * ratio;
        if (!hasArrived(spans, expected, ratio)) {
          throw new Error(`${subject.name}, ${variant}: ${spans} spans of ${expected} arrived`);
        }
        return [variant, { microsPerRequest: all / requests, microsInRequests: inRequests / requests }];
      }),
    );
  });
}

/**
 * Starts the variants of a subject with what they need (a load on a service, a bare service for a client), and ends them all.
 * `run(requests)` is a block of one of them and gives back its CPU time, microseconds.
 * @template T
 * @param {any} subject
 * @param {any} sink
 * @param {{ ratio: number, round?: number }} options
 * @param {(variants: any[], load: any) => Promise<T>} callback
 * @returns {Promise<T>}
 */
export async function withVariants(subject, sink, { ratio, round = 0 }, callback) {
  const names = inOrderOf(round, variantsOf(subject));
  const isClient = subject.kind === 'CLIENT';
  const load = isClient ? undefined : startLoad();
  const running = [];
  try {
    const asked = isClient ? await start(running, echoOf(sink)) : undefined;
    const variants = [];
    for (const name of names) {
      const variant = await start(running, startVariant(subject, name, { sink, ratio }));
      const send = isClient
        ? (requests) => askAwake(asked, () => variant.block(asked.port, requests))
        : (requests) => load.block({ port: variant.port, path: PATH, requests });
      variants.push({ ...variant, run: (requests) => measuredBlock(variant, () => send(requests)) });
    }
    return await callback(variants, load);
  } finally {
    for (const each of running) await each.stop();
    await load?.stop();
  }
}

async function start(running, starting) {
  const started = await starting;
  running.push(started);
  return started;
}

/** What a client asks: a bare service. */
function echoOf(sink) {
  const bare = { file: './http-service-child.mjs', env: { BENCHMARK_APP: 'node' } };
  return startVariant(bare, 'bare', { sink, ratio: 0 });
}

async function askAwake(asked, send) {
  await asked.awake(true);
  await send();
  await asked.awake(false);
}

async function measuredBlock(variant, send) {
  const before = await variant.cpu();
  await send();
  const after = await variant.cpu();
  await variant.flush();
  return { inRequests: after - before, all: (await variant.cpu()) - before };
}

/** The load, a process of its own. */
function startLoad() {
  const child = startChild('./http-load.mjs');
  const answer = async (message) => {
    child.send(message);
    return (await child.message('done')).result;
  };
  return {
    block: (settings) => answer({ type: 'block', ...settings }),
    steady: (settings) => answer({ type: 'steady', ...settings }),
    stop: async () => {
      child.kill();
      await child.exited;
    },
  };
}
