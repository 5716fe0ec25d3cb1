import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMonitor } from '@otel-monitor/monitor';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calculatorApp } from '../../src/calculator/app.js';
import { CatalogueClient } from '../../src/calculator/catalogue-client.js';
import { DuctSizingClient, type SizingRequest } from '../../src/calculator/duct-sizing-client.js';
import { frictionRatePaPerM } from '../../src/hvac/friction-rate.js';
import { exampleRequest } from '../../src/launcher/example-requests.js';
import { type JsonServer, startJsonServer } from '../json-server.js';

const read = (name: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../data/${name}.json`, import.meta.url)), 'utf8'));
const [materials, ducts, fittings] = ['materials', 'ducts', 'fittings'].map(read);
const unknown = [404, { error: { code: 'unknown_material', message: 'not in the catalogue' } }] as const;

const room = {
  name: 'office',
  floorAreaM2: 20,
  people: 2,
  wallAreaM2: 10,
  wallUValueWPerM2K: 0.3,
  windowAreaM2: 4,
  windowUValueWPerM2K: 1.5,
  windowSolarHeatGainCoefficient: 0.4,
  solarIrradianceWPerM2: 500,
  lightingWPerM2: 8,
  equipmentWPerM2: 10,
  trunkLengthM: 5,
  branchLengthM: 3,
};
const loads = { rooms: [room, { ...room, name: 'studio' }], outdoorDifferenceK: 8, supplyDifferenceK: 10 };
const design = { ...loads, material: 'pvc', shape: 'round', frictionRatePaPerM: 1, maxVelocityMPerS: 8 };

describe('a calculator', () => {
  let recorded: Telemetry;
  let catalogue: JsonServer;
  let ductSizing: JsonServer;
  let refusal: readonly [number, unknown] | undefined;

  beforeEach(async () => {
    recorded = recordTelemetry();
    refusal = undefined;
    catalogue = await startJsonServer((path) => {
      const [, section, name] = path.split('/') as [string, string, string];
      if (section === 'ducts') return [200, { sizes: ducts[name] }];
      const item = (section === 'materials' ? materials : fittings)[name];
      return item === undefined ? unknown : [200, item];
    });
    ductSizing = await startJsonServer((_path, body) => {
      const { sections, roughnessM } = body as SizingRequest;
      const size = { shape: 'round', diameterM: 0.25 } as const;
      const sized = sections.map(({ id, airFlowM3PerS }) => ({
        id,
        size,
        velocityMPerS: 1,
        frictionRatePaPerM: frictionRatePaPerM(airFlowM3PerS, size, roughnessM),
      }));
      return refusal ?? [200, { sections: sized }];
    });
  });
  afterEach(async () => {
    await Promise.all([catalogue.close(), ductSizing.close()]);
    recorded.stop();
  });

  const calculate = async (calculation: string, input: unknown, sizingUrl: string | undefined = ductSizing.url) => {
    const app = calculatorApp({
      monitor: createMonitor({ name: 'calculator' }),
      catalogue: new CatalogueClient(catalogue.url),
      ductSizing: new DuctSizingClient(sizingUrl || undefined),
    });
    const response = await app.inject({
      method: 'POST',
      url: `/calculations/${calculation}`,
      payload: input as object,
    });
    await app.close();
    return { status: response.statusCode, answer: response.json() };
  };

  it('gives the load of each room and the air that it needs', async () => {
    const { status, answer } = await calculate('room_load', loads);
    expect(status).toBe(200);
    expect(answer.rooms).toMatchObject([{ name: 'office', sensibleW: 1382 }, { name: 'studio' }]);
    expect(answer.rooms[0].airFlowM3PerS).toBeCloseTo(0.1141, 4);
  });

  it('designs ducts: asks for sizes by the flow of each section, and adds up the worst path', async () => {
    const { status, answer } = await calculate('duct_design', design);
    expect(status).toBe(200);
    const asked = ductSizing.requests[0]?.body as SizingRequest;
    expect(asked.roughnessM).toBe(materials.pvc.roughnessM);
    expect(asked.sizes).toHaveLength(ducts.round.length);
    expect(asked.sections.map(({ id, airFlowM3PerS }) => [id, Number(airFlowM3PerS.toFixed(4))])).toEqual([
      ['trunk-1', 0.2282],
      ['branch-1', 0.1141],
      ['trunk-2', 0.1141],
      ['branch-2', 0.1141],
    ]);
    expect(answer.criticalRoom).toBe('studio');
    const lossOf = (id: string) => answer.sections.find((section: { id: string }) => section.id === id).totalPa;
    const pressurePa = lossOf('trunk-1') + lossOf('trunk-2') + lossOf('branch-2');
    expect(answer.fan.pressurePa).toBeCloseTo(pressurePa, 10);
    expect(answer.fan.powerW).toBeCloseTo((pressurePa * asked.sections[0]!.airFlowM3PerS) / 0.6, 10);
  });

  it('tells what a duct that is there costs', async () => {
    const size = { shape: 'round', diameterM: 0.315 } as const;
    const bends = [{ name: 'elbow_90', count: 2 }];
    const input = { material: 'galvanized_steel', size, airFlowM3PerS: 0.5, lengthM: 10, fittings: bends };
    const { answer } = await calculate('pressure_loss', input);
    expect(answer.sizeName).toBe('ø315');
    expect(answer.frictionPa).toBeCloseTo(10 * frictionRatePaPerM(0.5, size, 0.00009), 10);
    expect(answer.fittingsPa).toBeCloseTo(2 * 0.25 * 0.602 * (0.5 / ((Math.PI / 4) * 0.315 ** 2)) ** 2, 10);
  });

  it('refuses what does not fit the schema, and says where', async () => {
    const { status, answer } = await calculate('room_load', { ...loads, rooms: [{ ...room, people: -1 }] });
    expect(status).toBe(400);
    expect(answer.error).toMatchObject({ code: 'invalid_input', message: 'body/rooms/0/people must be >= 0' });
  });

  it('refuses a material that the catalogue does not have', async () => {
    const { status, answer } = await calculate('duct_design', { ...design, material: 'papier_mache' });
    expect([status, answer.error.code]).toEqual([422, 'unknown_material']);
    expect(ductSizing.requests).toEqual([]);
  });

  it('passes on what the sizing service refuses, and counts the workflow as failed with it', async () => {
    refusal = [422, { error: { code: 'no_size_fits', message: 'none of 14 sizes' } }];
    const { status, answer } = await calculate('duct_design', design);
    expect([status, answer.error]).toEqual([422, { code: 'no_size_fits', message: 'none of 14 sizes' }]);
    const steps = await recorded.metric('monitor.workflow.steps');
    expect(steps.map(({ attributes }) => attributes['monitor.workflow.step'])).toEqual(['catalogue', 'room_loads']);
    const [duration] = await recorded.metric('monitor.workflow.duration');
    expect(duration?.attributes).toMatchObject({ 'error.type': 'no_size_fits' });
  });

  it('without a sizing service designs no duct and says why, and calculates the rest', async () => {
    expect(await calculate('duct_design', design, '')).toMatchObject({
      status: 503,
      answer: { error: { code: 'duct_sizing_missing' } },
    });
    expect((await calculate('room_load', loads, '')).status).toBe(200);
  });

  it('takes every usual request of the load', async () => {
    for (let index = 0; index < 80; index += 1) {
      const { kind, body } = exampleRequest(index);
      if (!/^a (duct design|pressure loss|room load)$/.test(kind)) continue;
      const { calculation, input } = JSON.parse(body!);
      expect([kind, (await calculate(calculation, input)).status]).toEqual([kind, 200]);
    }
  });

  it('records a request with its route, the calculation in it with its kind, and what that consists of', async () => {
    await calculate('duct_design', design);
    expect(recorded.traces()).toMatchObject([
      {
        name: 'POST /calculations/duct_design',
        attributes: { 'http.route': '/calculations/duct_design', 'http.response.status_code': 200 },
        children: [
          {
            name: 'calculation',
            attributes: { calculation: 'duct_design' },
            children: [{ name: 'room_loads' }, { name: 'pressure_losses' }],
          },
        ],
      },
    ]);
  });
});
