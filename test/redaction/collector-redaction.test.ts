import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { harmlessValues, plantedSecrets } from './programs/planted-secrets.mjs';
import { leaked } from './secret-forms.js';

const program = fileURLToPath(new URL('./programs/planted.mjs', import.meta.url));
const SERVICE = 'planted';

/** What goes to Jaeger and to another endpoint beside the file. */
const elsewhere = (jaeger: string, sink: string) => `
exporters:
  otlp_http/jaeger: { endpoint: '${jaeger}' }
  otlp_http/elsewhere: { endpoint: '${sink}' }
service:
  pipelines:
    traces/jaeger: { receivers: [forward/export], exporters: [otlp_http/jaeger] }
    traces/elsewhere: { receivers: [forward/export], exporters: [otlp_http/elsewhere] }
    metrics/elsewhere: { receivers: [forward/export], exporters: [otlp_http/elsewhere] }
    logs/elsewhere: { receivers: [forward/export], exporters: [otlp_http/elsewhere] }
`;

/** Each secret that is in the text in any form, with what stands before it. */
const leaks = (text: string | Buffer) =>
  plantedSecrets.flatMap(({ what, secret }) => leaked(secret, text).map((found) => `${what} ${found}`));

const needs = jaegerProgram === undefined ? ' (needs Jaeger)' : '';

describe.skipIf(!collectorAvailable || needs !== '')(
  `fifty secrets behind redaction.yaml, with the Collector${needs}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-planted-'));
    let collector: CollectorProcess;
    let jaeger: JaegerProcess;
    let sink: OtlpSink;

    beforeAll(async () => {
      [jaeger, sink] = await Promise.all([startJaeger(), startSink()]);
      const overlay = join(folder, 'elsewhere.yaml');
      writeFileSync(overlay, elsewhere(jaeger.otlpUrl, sink.url));
      const overlays = ['files.yaml', 'prometheus.yaml', 'redaction.yaml'];
      collector = await startCollector({ overlays, config: [overlay] });
    });
    afterAll(async () => {
      await collector?.stop();
      await Promise.all([jaeger?.stop(), sink?.close()]);
      rmSync(folder, { recursive: true });
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
        return (
          spans.some(({ item }) => item.name === 'harmless') &&
          metrics.length > 0 &&
          logs.some(({ item }) => item.eventName === 'harmless-map')
        );
      };
      const inElsewhere = async () => {
        for (
          const deadline = Date.now() + 10_000;
          !isWhole(sink.received());
          await new Promise((go) => setTimeout(go, 50))
        )
          if (Date.now() > deadline) throw new Error('not all has arrived at the other endpoint');
      };
      const [file] = await Promise.all([collector.readFileWhen(isWhole), inElsewhere()]);
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

      it('none of them reaches the other endpoint', () => {
        expect(sink.paths.length).toBeGreaterThan(2);
        expect(leaks(sink.receivedText())).toEqual([]);
      });

      it('none of them is in Jaeger', async () => {
        const traces = await jaeger.search(`${SERVICE}-${redaction}`, {});
        const text = JSON.stringify(traces);
        expect(text).toContain('private key');
        expect(traces.length).toBeGreaterThan(300);
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
