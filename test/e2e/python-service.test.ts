import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PYTHON_OPENTELEMETRY } from '../conformance/python-opentelemetry.js';
import { preparePython } from '../conformance/python-packages.js';
import type { OtlpSpan, Scoped, Telemetry } from '../otlp/json-lines.js';
import { startSink } from '../otlp/sink.js';
import { collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type RunningService, startService } from './running-service.js';

/**
 * A service in Python with the official SDK and one in Node that knows of nothing, under `--import`: each calls the other, and
 * what both export is one trace.
 */
const python = preparePython(PYTHON_OPENTELEMETRY);
const programOf = (name: string) => fileURLToPath(new URL(`./programs/${name}`, import.meta.url));
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const SERVER = 2;
const CLIENT = 3;

interface Answer {
  traceparent?: string | null;
  tracestate?: string | null;
  b3?: string | null;
  baggage?: string | Record<string, string>;
  next: Answer | null;
}

interface Receiver {
  readonly url: string;
  spansWhen(ready: (telemetry: Telemetry) => boolean): Promise<Telemetry>;
  stop(): Promise<void>;
}

async function sinkReceiver(): Promise<Receiver> {
  const sink = await startSink();
  return {
    url: sink.url,
    spansWhen: async (ready) => {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline && !ready(sink.received()); ) await delay(50);
      return sink.received();
    },
    stop: () => sink.close(),
  };
}

async function collectorReceiver(): Promise<Receiver> {
  const collector = await startCollector();
  return {
    url: collector.otlpHttpUrl,
    spansWhen: (ready) => collector.readFileWhen(ready),
    stop: () => collector.stop(),
  };
}

function suite(receive: () => Promise<Receiver>): void {
  let receiver: Receiver;
  const running: RunningService[] = [];
  beforeEach(async () => {
    receiver = await receive();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.end()));
    await receiver?.stop();
  });

  async function startBoth(
    propagators: string,
  ): Promise<{ inPython: string; inNode: string; endNode: () => Promise<string> }> {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_PROPAGATORS: propagators };
    const [inPython, inNode] = await Promise.all([
      startService('python3', [programOf('python-service.py')], {
        ...env,
        PYTHONPATH: python!,
        PYTHONDONTWRITEBYTECODE: '1',
        OTEL_SERVICE_NAME: 'in-python',
      }),
      startService(process.execPath, ['--import', '@otel-monitor/node/register', programOf('node-service.mjs')], {
        ...env,
        OTEL_SERVICE_NAME: 'in-node',
        OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      }),
    ]);
    running.push(inPython, inNode);
    return { inPython: `${inPython.url}/work`, inNode: `${inNode.url}/through`, endNode: () => inNode.end() };
  }

  const following = (url: string, next: string) => `${url}?next=${encodeURIComponent(next)}`;
  const ask = async (url: string, headers: Record<string, string>) =>
    (await (await fetch(url, { headers })).json()) as Answer;
  /** The spans of the trace from its first caller on: service, kind and name of each. */
  const way = (spans: readonly Scoped<OtlpSpan>[]): string[] => {
    const steps: string[] = [];
    for (let parent = SPAN_ID; ; ) {
      const children = spans.filter(({ item }) => item.parentSpanId === parent);
      if (children.length !== 1) return steps;
      const [{ resource, item }] = children as [Scoped<OtlpSpan>];
      steps.push(
        `${resource['service.name']} ${item.kind === SERVER ? 'serves' : item.kind === CLIENT ? 'calls' : item.kind}`,
      );
      parent = item.spanId;
    }
  };

  it('Node calls Python, which calls Node: one trace, and what came with it', async () => {
    const { inPython, inNode, endNode } = await startBoth('tracecontext,baggage');
    const answer = await ask(following(inNode, following(inPython, inNode)), {
      traceparent: `00-${TRACE_ID}-${SPAN_ID}-03`,
      tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      baggage: 'userId=Am%C3%A9lie,tenant=a%2Bb;secret',
    });
    await endNode();
    const { spans } = await receiver.spansWhen((telemetry) => telemetry.spans.length >= 5);
    expect(spans.map(({ item }) => item.traceId)).toEqual(Array.from({ length: 5 }, () => TRACE_ID));
    expect(way(spans)).toEqual([
      'in-node serves',
      'in-node calls',
      'in-python serves',
      'in-python calls',
      'in-node serves',
    ]);
    expect(spans.map(({ item }) => item.traceState)).toEqual(
      Array.from({ length: 5 }, () => 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'),
    );

    const idOf = (step: number) => byStep(spans, step).spanId;
    // Python sees the properties of an entry as part of its value
    expect(answer.next).toMatchObject({
      traceparent: `00-${TRACE_ID}-${idOf(1)}-03`,
      tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      baggage: { userId: 'Amélie', tenant: 'a+b;secret' },
    });
    // its SDK keeps the flags that it knows
    expect(answer.next?.next).toMatchObject({
      traceparent: expect.stringContaining(`00-${TRACE_ID}-${idOf(3)}-0`),
      tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      baggage: 'userId=Am%C3%A9lie,tenant=a%2Bb%3Bsecret',
    });
  });

  it('Python calls Node, which calls Python, by B3', async () => {
    const { inPython, inNode, endNode } = await startBoth('b3');
    const answer = await ask(following(inPython, following(inNode, inPython)), { b3: `${TRACE_ID}-${SPAN_ID}-1` });
    await endNode();
    const { spans } = await receiver.spansWhen((telemetry) => telemetry.spans.length >= 5);
    expect(way(spans)).toEqual([
      'in-python serves',
      'in-python calls',
      'in-node serves',
      'in-node calls',
      'in-python serves',
    ]);
    expect(answer.next).toMatchObject({ b3: `${TRACE_ID}-${byStep(spans, 1).spanId}-1` });
    expect(answer.next?.next).toMatchObject({ b3: `${TRACE_ID}-${byStep(spans, 3).spanId}-1`, traceparent: null });
  });

  it('a trace that its caller did not sample is one for both, and not exported', async () => {
    const { inPython, inNode, endNode } = await startBoth('tracecontext,baggage');
    const traceparent = `00-${TRACE_ID}-${SPAN_ID}-00`;
    const answer = await ask(following(inNode, following(inPython, inNode)), { traceparent });
    // one that is, to see when everything has arrived
    await ask(inNode, { traceparent: `00-${'e'.repeat(32)}-${SPAN_ID}-01` });
    await endNode();
    const { spans } = await receiver.spansWhen((telemetry) => telemetry.spans.length >= 1);
    expect(answer.next?.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-[0-9a-f]{16}-00$`));
    expect(answer.next?.next?.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-[0-9a-f]{16}-00$`));
    expect(spans.map(({ item }) => item.traceId)).toEqual(['e'.repeat(32)]);
  });

  it('a traceparent that is not valid starts a new trace, and the request is answered', async () => {
    const { inPython, inNode, endNode } = await startBoth('tracecontext,baggage');
    const answer = await ask(following(inNode, inPython), {
      traceparent: `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`,
      tracestate: 'rojo=1',
      baggage: 'broken,userId=alice',
    });
    await endNode();
    const { spans } = await receiver.spansWhen((telemetry) => telemetry.spans.length >= 3);
    const [traceId, ...others] = new Set(spans.map(({ item }) => item.traceId));
    expect(others).toEqual([]);
    expect(traceId).not.toBe(TRACE_ID);
    expect(spans.filter(({ item }) => !item.parentSpanId).map(({ resource }) => resource['service.name'])).toEqual([
      'in-node',
    ]);
    expect(answer.next).toMatchObject({ tracestate: null, baggage: { userId: 'alice' } });
    expect(answer.next?.traceparent).toContain(traceId);
  });

  /** The span so many steps after that of the first caller. */
  function byStep(spans: readonly Scoped<OtlpSpan>[], step: number): OtlpSpan {
    let parent = SPAN_ID;
    for (let left = step; ; left -= 1) {
      const found = spans.find(({ item }) => item.parentSpanId === parent);
      if (found === undefined) throw new Error(`no span is ${step} steps below the caller`);
      if (left === 0) return found.item;
      parent = found.item.spanId;
    }
  }
}

describe.skipIf(python === undefined)('with a service in Python (needs Python)', () => suite(sinkReceiver));
describe.skipIf(python === undefined || !collectorAvailable)(
  'with a service in Python and the Collector (needs Python)',
  () => suite(collectorReceiver),
);
