import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countedIn, countedOn, expectCalledBy, expectOneTrace, NEVER, ONCE, spansOf } from './expect-once.js';
import { preparePeer } from './peer-installation.js';
import { runBeside } from './run-beside.js';

const peer = preparePeer('sdk-3');
const suite = peer.missing === undefined ? 'beside SDK 3.1' : `beside SDK 3.1 (needs npm: ${peer.missing})`;

describe.skipIf(peer.missing)(`${suite} with api 1.10 on Node 24`, () => {
  const folder = peer.folder ?? '';
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');

  test.each(['before', 'after'] as const)(
    'a NodeSDK that starts %s ours: requests are its spans, and counted once in its export and on our page',
    async (order) => {
      const run = await runBeside({ folder, node, peer: 'node-sdk.cjs', order, isAttachAlone: true });
      const { ours, owner, page, downstream, stderr } = run;
      expectOneTrace(spansOf(owner));
      expectCalledBy(downstream, spansOf(owner));
      expect([countedIn(owner), countedOn(page), countedIn(ours)]).toEqual([ONCE, ONCE, NEVER]);
      expect([spansOf(ours), stderr]).toEqual([[], '']);
    },
  );
});
