import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedLookAlikes } from '../../packages/redaction/test/corpus/generated-look-alikes.js';
import { generatedSecrets } from '../../packages/redaction/test/corpus/generated-secrets.js';
import { lookAlikes } from '../../packages/redaction/test/corpus/look-alikes.js';
import { survivingPart } from '../../packages/redaction/test/corpus/marked.js';
import { secrets } from '../../packages/redaction/test/corpus/secrets.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';

const SEED = 20_261_124;

/** Sends each text as the body of a log record, and gives what comes out, in the same order. */
async function throughCollector(collector: CollectorProcess, name: string, texts: readonly string[]) {
  const logRecords = texts.map((text, index) => ({
    timeUnixNano: `${1_795_478_400_000_000_000n + BigInt(index)}`,
    body: { stringValue: text },
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: name } }] };
  const response = await fetch(`${collector.otlpHttpUrl}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }),
  });
  expect(response.status).toBe(200);
  const ofName = ({ logs }: ReturnType<CollectorProcess['readFile']>) =>
    logs.filter((log) => log.resource['service.name'] === name);
  const telemetry = await collector.readFileWhen((seen) => ofName(seen).length === texts.length);
  return ofName(telemetry)
    .map(({ item }) => item)
    .sort((one, other) => (BigInt(one.timeUnixNano ?? 0) < BigInt(other.timeUnixNano ?? 0) ? -1 : 1))
    .map(({ body }) => body as string);
}

describe.skipIf(!collectorAvailable)(
  'the corpus of packages/redaction behind redaction.yaml, with the Collector',
  () => {
    let collector: CollectorProcess;
    let withoutShortCuts: CollectorProcess;
    beforeAll(async () => {
      const args = ['signs', 'words', 'forms'].flatMap((name) => [
        '--config',
        `yaml:processors::redaction/${name}::allowed_values: []`,
      ]);
      [collector, withoutShortCuts] = (await Promise.all(
        [[], args].map((more) => startCollector({ overlays: ['files.yaml', 'redaction.yaml'], args: more })),
      )) as [CollectorProcess, CollectorProcess];
    });
    afterAll(() => Promise.all([collector?.stop(), withoutShortCuts?.stop()]));

    it('what is passed by without a look comes out as if it had been looked at', async () => {
      const texts = [secrets, generatedSecrets(SEED, 600)].flatMap((cases) => cases.map(({ text }) => text));
      const all = [...texts, ...lookAlikes, ...generatedLookAlikes(SEED, 600)];
      const [found, reference] = await Promise.all(
        [collector, withoutShortCuts].map((one) => throughCollector(one, 'both', all)),
      );
      expect(found).toEqual(reference);
    });

    it('a UUID whose first groups are digits like those of a card stays, by that alone', async () => {
      const likeACard = '41111111-1111-4111-8111-a11111111111';
      const [found, reference] = await Promise.all(
        [collector, withoutShortCuts].map((one) => throughCollector(one, 'uuid', [likeACard])),
      );
      expect([found, reference]).toEqual([[likeACard], ['****-8111-a11111111111']]);
    });

    it.each([
      ['written by hand', secrets, 0.93],
      ['made by a generator', generatedSecrets(SEED, 600), 0.94],
    ])('of the secrets %s most are gone', async (name, cases, least) => {
      const texts = await throughCollector(
        collector,
        name,
        cases.map(({ text }) => text),
      );
      const left = cases.flatMap(({ text, secrets: hidden }, index) =>
        hidden.some((secret) => survivingPart(texts[index] ?? '', secret) !== undefined)
          ? [`${text} became ${texts[index]}`]
          : [],
      );
      expect(1 - left.length / cases.length, left.join('\n')).toBeGreaterThanOrEqual(least);
    });

    it('of the look-alikes one in thirty is touched at most', async () => {
      const texts = await throughCollector(collector, 'look-alikes', lookAlikes);
      const touched = lookAlikes.flatMap((text, index) =>
        texts[index] === text ? [] : [`${text} became ${texts[index]}`],
      );
      expect(touched.length / lookAlikes.length, touched.join('\n')).toBeLessThanOrEqual(0.03);
    });
  },
);
