import { deepStrictEqual } from 'node:assert';
import { completeRound } from './complete-round.mjs';
import { keptRun } from './equal-work.mjs';
import { inCallsNote } from './in-calls-note.mjs';
import { essentialsOf } from './peer-spans.mjs';
import { PEERS, peerModule } from './peers.mjs';
import { inOrderOf } from './rounds.mjs';
import { compared, notMeasured } from './rows.mjs';

const WARM_UP_BLOCKS = 20;
const CALLS_PER_ROOT = 100;

/** Sentry sends each trace in a request of its own: its blocks are shorter and its pauses longer, and ours beside it as well. */
const PEER_VARIANTS = [
  {
    variant: 'with-sentry',
    name: '@sentry/node',
    call: 'startSpan',
    budget: 0.08,
    blockSize: 500,
    pauseMillis: 300,
  },
  { variant: 'with-dd-trace', name: 'dd-trace', call: 'trace()', budget: 0.35, blockSize: 1500, pauseMillis: 100 },
];

/** operation(), sampled, against Sentry's startSpan and dd-trace's trace(): microseconds of CPU a call, export in it. */
export async function measurePeers(sink, { peerRounds, peerBlocks, say }) {
  const rows = [];
  for (const peer of PEER_VARIANTS) {
    for (const callsPerRoot of [undefined, CALLS_PER_ROOT]) {
      const form = callsPerRoot === undefined ? 'each a trace' : `${callsPerRoot} in a trace`;
      const what = `operation(), sampled, ${form}, against ${peer.name} ${PEERS[peer.name]} ${peer.call}`;
      try {
        const module = peerModule(peer.name);
        const compares = await assertSameSpans(sink, peer, module);
        const results = [];
        const settings = { ratio: 1, isAsync: false, blocks: peerBlocks, blockSize: peer.blockSize, callsPerRoot };
        Object.assign(settings, { warmUpBlocks: WARM_UP_BLOCKS, peer: module });
        const schedule = { pauseMillis: peer.pauseMillis };
        for (let round = 0; round < peerRounds; round += 1) {
          say(`${what}: round ${round + 1} of ${peerRounds}`);
          const variants = inOrderOf(round, ['with-monitor', peer.variant]);
          results.push(await completeRound(sink, variants, { what, settings, schedule, say }));
        }
        const micros = (variant) => results.map((result) => result[variant].microsPerCall);
        rows.push(
          compared(what, {
            unit: 'µs',
            ours: micros('with-monitor'),
            theirs: micros(peer.variant),
            // what others measure is one call in no other: the second form is shown beside it
            budget: callsPerRoot === undefined ? peer.budget : undefined,
            note: `${inCallsNote(results, 'with-monitor', peer.variant)}; ${compares}`,
          }),
        );
      } catch (error) {
        rows.push(notMeasured(what, error));
      }
    }
  }
  return rows;
}

/** A peer's span has other fields than OTLP's: what the program gave it must be in both. */
async function assertSameSpans(sink, { variant }, module) {
  const ours = await essentialsOf((await keptRun(sink, { variant: 'with-monitor', isAsync: false })).kept);
  const theirs = await essentialsOf((await keptRun(sink, { variant, isAsync: false, peer: module })).kept);
  deepStrictEqual(ours, theirs);
  return `${ours.length} spans of each compared, names and attributes found equal`;
}
