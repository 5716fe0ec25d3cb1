import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMonitor } from '@otel-monitor/monitor';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatewayApp } from '../../src/gateway/app.js';
import { RoundRobinBalancer } from '../../src/gateway/balancer.js';
import { CalculatorPool } from '../../src/gateway/calculator-pool.js';

describe('the gateway', () => {
  let recorded: Telemetry;
  let calculators: Server[];
  let gateway: Server;
  let answers: ((path: string) => { status: number; body: unknown })[];

  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listen = async (server: Server) => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return server;
  };
  const calculate = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${urlOf(gateway)}/api/hvac/calculate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  const request = { projectId: 'tower-1', calculation: 'room_load', input: { rooms: [] } };

  beforeEach(async () => {
    recorded = recordTelemetry();
    answers = [0, 1].map((index) => (path) => ({ status: 200, body: { from: index, path } }));
    calculators = await Promise.all(
      answers.map((_, index) =>
        listen(
          createServer((incoming, response) => {
            const { status, body } = answers[index]!(incoming.url ?? '');
            response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
          }),
        ),
      ),
    );
    const nodes = calculators.map((server, index) => ({ name: `calculator-${index + 1}`, url: urlOf(server) }));
    const monitor = createMonitor({ name: 'gateway' });
    const pool = new CalculatorPool(new RoundRobinBalancer(nodes));
    gateway = await listen(createServer(gatewayApp({ monitor, pool })));
  });

  afterEach(async () => {
    for (const server of [gateway, ...calculators]) server.closeAllConnections();
    await Promise.all([gateway, ...calculators].map((server) => new Promise((resolve) => server.close(resolve))));
    recorded.stop();
  });

  it('asks the calculators in turn', async () => {
    const nodes = [];
    for (let index = 0; index < 4; index += 1) nodes.push((await calculate(request)).answer.calculatedBy);
    expect(nodes).toEqual(['calculator-1', 'calculator-2', 'calculator-1', 'calculator-2']);
  });

  it('goes to the other calculator when one cannot be reached', async () => {
    await new Promise((resolve) => calculators[0]!.close(resolve).closeAllConnections());
    const { status, answer } = await calculate(request);
    expect([status, answer.calculatedBy]).toEqual([200, 'calculator-2']);
  });

  it('passes on what a calculator refuses, with the id of its record, and asks no other', async () => {
    const refusal = { error: { code: 'no_size_fits', message: 'none of 14 sizes' } };
    answers[0] = () => ({ status: 422, body: refusal });
    const { status, answer } = await calculate(request);
    expect(status).toBe(422);
    expect(answer).toEqual({ error: { ...refusal.error, id: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    expect((await calculate(request)).answer.calculatedBy).toBe('calculator-2');
  });

  it('answers 502 when a calculator fails, and says what it said', async () => {
    answers[0] = () => ({
      status: 503,
      body: { error: { code: 'duct_sizing_missing', message: 'it does not run here' } },
    });
    const { status, answer } = await calculate(request);
    expect(status).toBe(502);
    expect(answer.error).toMatchObject({
      code: 'calculator_failed',
      message: 'calculator answered 503: it does not run here',
    });
  });

  it.each([
    ['no object', '[]', 'bad_request', 'projectId must be 1 to 64 letters, digits, and . _ -'],
    ['another calculation', { ...request, calculation: 'horoscope' }, 'bad_request', 'calculation must be one of'],
    ['no JSON', '{"projectId": ', 'bad_request', 'JSON'],
  ])('refuses %s with 400', async (_what, body, code, words) => {
    const { status, answer } = await calculate(body);
    expect(status).toBe(400);
    expect(answer.error).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('keeps the last result of a project', async () => {
    const find = async (id: string) => (await fetch(`${urlOf(gateway)}/api/projects/${id}`)).json();
    expect(await find('tower-1')).toMatchObject({ error: { code: 'unknown_project' } });
    await calculate(request);
    expect(await find('tower-1')).toMatchObject({ projectId: 'tower-1', calculation: 'room_load' });
  });

  it('records each calculation as an operation and a use of hvac_calculation, and whose request failed where', async () => {
    await calculate(request);
    answers[1] = () => ({ status: 422, body: { error: { code: 'no_size_fits', message: 'none' } } });
    await calculate(request, { 'x-user-id': 'planner-7' });
    const spans = recorded.spans().filter(({ name }) => name === 'hvac_calculation');
    expect(spans.map(({ attributes }) => attributes.calculation)).toEqual(['room_load', 'room_load']);
    const uses = await recorded.metric('monitor.feature.uses');
    expect(uses.map((point) => [point.attributes['error.type'], 'value' in point && point.value])).toEqual([
      [undefined, 1],
      ['no_size_fits', 1],
    ]);
    const requests = recorded.spans().filter(({ name }) => name === 'POST /api/hvac/calculate');
    expect(requests.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([200, 422]);
    const [error] = requests[1]!.events;
    expect(error?.attributes).toMatchObject({
      'error.type': 'no_size_fits',
      'url.path': '/api/hvac/calculate',
      'http.request.method': 'POST',
      'user.hash': expect.any(String),
    });
  });
});
