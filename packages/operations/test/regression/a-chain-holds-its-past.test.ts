import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { context, createContextKey } from '@opentelemetry/api';
import { recordTelemetry } from '@otel-monitor/testing';
import { expect, it } from 'vitest';
import type { Operation } from '../../src/operation.js';
import { Operations } from '../../src/operations.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const operations = new Operations({ name: 'spritepal' }, () => 'id');
const KEY = createContextKey('of somebody else');

it.each(['own', 'api'] as const)(
  'work that starts its own next run does not hold the runs before it (%s)',
  async (operationSpans) => {
    using _telemetry = recordTelemetry({ sampleRate: 0, operationSpans });
    const past: WeakRef<Operation>[] = [];
    // as `setTimeout(tick)` inside of an operation does: each run begins in the context of the one before
    const last = await new Promise<Operation>((resolve) => {
      const tick = () =>
        operations.run('tick', undefined, (operation) => {
          past.push(new WeakRef(operation));
          if (past.length === 50) resolve(operation);
          else if (past.length % 2 === 0) setImmediate(tick);
          else context.with(context.active().setValue(KEY, past.length), () => setImmediate(tick));
        });
      tick();
    });
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(last.name).toBe('tick');
    // the last, and perhaps the one that its context was made from
    expect(past.filter((run) => run.deref() !== undefined).length).toBeLessThanOrEqual(3);
  },
);
