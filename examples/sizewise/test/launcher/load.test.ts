import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleRequest } from '../../src/launcher/example-requests.js';
import { outcomeLines, sendLoad } from '../../src/launcher/send-load.js';
import { type JsonServer, startJsonServer } from '../json-server.js';

describe('the load', () => {
  let server: JsonServer;
  beforeEach(async () => {
    server = await startJsonServer(async (path) => {
      if (path.startsWith('/api/projects')) return [404, { error: { code: 'unknown_project', message: 'none' } }];
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [200, {}];
    });
  });
  afterEach(() => server.close());
  const endless = new AbortController().signal;

  it('has in forty requests one of each unusual kind, and is the same each time', () => {
    const requests = Array.from({ length: 40 }, (_, index) => exampleRequest(index));
    expect(requests).toEqual(Array.from({ length: 40 }, (_, index) => exampleRequest(index)));
    const times = (kind: string) => requests.filter((request) => request.kind === kind).length;
    expect(
      Object.fromEntries([...new Set(requests.map(({ kind }) => kind))].map((kind) => [kind, times(kind)])),
    ).toEqual({
      'a duct design': 15,
      'a pressure loss': 7,
      'a room load': 7,
      'a project': 4,
      'an unknown material': 1,
      'an unknown project': 1,
      'more air than any duct carries': 1,
      'a room with -1 people': 1,
      'a body that is no JSON': 1,
      'a client that hangs up': 1,
      'a path that nobody serves': 1,
    });
  });

  it('is sent once each and counted by what came back', async () => {
    const progress: number[] = [];
    const load = { url: server.url, from: 0, count: 20, concurrency: 3, pauseMillis: 0, signal: endless };
    const outcomes = await sendLoad({ ...load, onProgress: (answered) => progress.push(answered) });
    expect(progress).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(Object.fromEntries(outcomes.get('a duct design')!)).toEqual({ 200: 7 });
    expect(Object.fromEntries(outcomes.get('a project')!)).toEqual({ '404 unknown_project': 2 });
    expect(server.requests).toHaveLength(20);
  });

  it('tells a client that hung up from a service that does not answer', async () => {
    const load = { url: server.url, count: 1, concurrency: 1, pauseMillis: 0, signal: endless };
    expect([...(await sendLoad({ ...load, from: 25 }))]).toEqual([
      ['a client that hangs up', new Map([['hung up', 1]])],
    ]);
    await server.close();
    const [[, counts]] = [...(await sendLoad({ ...load, from: 0 }))] as [[string, Map<string, number>]];
    expect([...counts]).toEqual([['no answer (TypeError)', 1]]);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const load = { url: server.url, from: 0, count: 1_000_000, concurrency: 2, pauseMillis: 10_000 };
    setTimeout(() => stop.abort(), 50);
    await sendLoad({ ...load, signal: stop.signal });
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  it('is summed up with the most frequent first', () => {
    const outcomes = new Map([
      ['a project', new Map([['404 unknown_project', 1]])],
      [
        'a duct design',
        new Map([
          ['502 calculator_failed', 1],
          ['200', 7],
        ]),
      ],
    ]);
    expect(outcomeLines(outcomes)).toEqual([
      'a duct design  7 x 200, 1 x 502 calculator_failed',
      'a project      1 x 404 unknown_project',
    ]);
  });
});
