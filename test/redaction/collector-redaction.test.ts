import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsEndpoint, startAwsEndpoint } from '../collector/aws-endpoint.js';
import { runProgram } from '../lifecycle/run-program.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { harmlessValues, plantedSecrets } from './programs/planted-secrets.mjs';
import { leaked } from './secret-forms.js';

const program = fileURLToPath(new URL('./programs/planted.mjs', import.meta.url));
const SERVICE = 'planted';
/** Six of each secret, that of the trace states, and the harmless one. */
const TRACES = 6 * plantedSecrets.length + 2;

/** Each secret that is in the text in any form, with what stands before it. */
const leaks = (text: string | Buffer) =>
  plantedSecrets.flatMap(({ what, secret }) => leaked(secret, text).map((found) => `${what} ${found}`));

const needs = jaegerProgram === undefined ? ' (needs Jaeger)' : '';

describe.skipIf(!collectorAvailable || needs !== '')(
  `fifty secrets behind redaction.yaml, with the Collector${needs}`,
  () => {
    let collector: CollectorProcess;
    let jaeger: JaegerProcess;
    let aws: AwsEndpoint;

    beforeAll(async () => {
      [jaeger, aws] = await Promise.all([startJaeger(), startAwsEndpoint()]);
      collector = await startCollector({
        overlays: ['files.yaml', 'prometheus.yaml', 'jaeger.yaml', 'cloudwatch.yaml', 'redaction.yaml'],
        env: {
          JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl,
          ...aws.environment,
        },
      });
    });
    afterAll(async () => {
      await collector?.stop();
      await Promise.all([jaeger?.stop(), aws?.close()]);
    });

    async function run(redaction: 'on' | 'off'): Promise<Telemetry> {
      const service = `${SERVICE}-${redaction}`;
      const { code, stderr } = await runProgram(program, {
        env: {
          COLLECTOR: collector.otlpHttpUrl,
          REDACTION: redaction,
          OTEL_SERVICE_NAME: service,
          OTEL_BSP_MAX_QUEUE_SIZE: '8192',
        },
      });
      expect([code, stderr]).toEqual([0, '']);
      const own = ({ spans, metrics, logs }: Telemetry): Telemetry => ({
        spans: spans.filter(({ resource }) => resource['service.name'] === service),
        metrics: metrics.filter(({ resource }) => resource['service.name'] === service),
        logs: logs.filter(({ resource }) => resource['service.name'] === service),
      });
      const isWhole = (telemetry: Telemetry) => {
        const { spans, metrics, logs } = own(telemetry);
        // batches overtake each other: what was recorded last is not what comes last
        const places = plantedSecrets.length;
        return (
          spans.some(({ item }) => item.name === 'harmless') &&
          spans.filter(({ item }) => item.name !== 'harmless').length >= 6 * places &&
          metrics.some(({ item }) => item.name === 'library.calls') &&
          logs.some(({ item }) => item.eventName === 'harmless-map') &&
          logs.filter(({ item }) => item.attributes.place !== undefined).length >= 4 * places
        );
      };
      const inCloud = async () => {
        for (
          const deadline = Date.now() + 60_000;
          !isWhole(aws.received());
          await new Promise((go) => setTimeout(go, 50))
        )
          if (Date.now() > deadline) throw new Error("not all has arrived at CloudWatch's endpoint");
      };
      const [file] = await Promise.all([collector.readFileWhen(isWhole), inCloud()]);
      return own(file);
    }

    describe.each(['off', 'on'] as const)('with the policy of the process %s', (redaction) => {
      let telemetry: Telemetry;
      beforeAll(async () => {
        telemetry = await run(redaction);
      });

      it('all that was recorded arrives', () => {
        const count = plantedSecrets.length;
        expect(count).toBe(50);
        const named = (name: string) => telemetry.spans.filter(({ item }) => item.name === name).length;
        expect(['attributes', 'status', 'events', 'scope', 'state', 'own'].map(named)).toEqual(Array(6).fill(count));
        const places = new Set(plantedSecrets.map(({ what }) => what));
        expect(new Set(telemetry.spans.map(({ item }) => item.attributes.place))).toEqual(
          new Set([...places, undefined]),
        );
        expect(telemetry.logs.filter(({ item }) => item.attributes.place !== undefined)).toHaveLength(4 * count);
        const points = telemetry.metrics
          .filter(({ item }) => item.name === 'library.calls')
          .flatMap(({ item }) => item.points);
        expect(new Set(points.map(({ attributes }) => attributes.place))).toEqual(places);
      });

      it('none of them is in a file', () => {
        expect(leaks(collector.readText())).toEqual([]);
      });

      it("none of them reaches CloudWatch's endpoint", () => {
        expect(aws.refused).toEqual([]);
        expect(new Set(aws.accepted.map(({ service }) => service)).size).toBe(3);
        expect(leaks(aws.receivedText())).toEqual([]);
      });

      it('none of them is in Jaeger', async () => {
        // its exporter gathers spans for a second
        let traces = await jaeger.search(`${SERVICE}-${redaction}`, {});
        for (const deadline = Date.now() + 60_000; traces.length < TRACES && Date.now() < deadline; ) {
          await delay(100);
          traces = await jaeger.search(`${SERVICE}-${redaction}`, {});
        }
        const text = JSON.stringify(traces);
        expect(text).toContain('private key');
        expect(traces).toHaveLength(TRACES);
        expect(leaks(text)).toEqual([]);
      });

      it('none of them is on the page for Prometheus', async () => {
        const page = await (await fetch(collector.prometheusUrl)).text();
        expect(page).toContain('library_calls_total');
        expect(leaks(page)).toEqual([]);
      });

      it('what is no secret comes as it went', () => {
        const span = telemetry.spans.find(({ item }) => item.name === 'harmless');
        const values = harmlessValues.map((_, index) => span?.item.attributes[`harmless.${index}`]);
        expect(values).toEqual(harmlessValues);
        expect(span?.item.attributes).toMatchObject({
          ...{ 'session.id': 'c0ffee', password_length: 12, ratio: 0.4111111111111111, count: 4096, list: ['a', 'b'] },
        });
        const bodies = telemetry.logs.filter(({ item }) => item.eventName === 'harmless').map(({ item }) => item.body);
        expect(bodies).toEqual(harmlessValues);
        const map = telemetry.logs.find(({ item }) => item.eventName === 'harmless-map');
        expect(map?.item.body).toEqual({ level: 30, nested: { status: 'fine', at: 1795478400000 } });
      });
    });
  },
);
