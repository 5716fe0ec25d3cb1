import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentOperation } from '../src/current-operation.js';
import { Operations } from '../src/operations.js';

let telemetry: Telemetry;
const operations = new Operations({ name: 'spritepal' }, () => 'id');
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const name = () => currentOperation()?.name;
/** Runs `work`, which calls back later, inside an operation, and gives the operation that the callback found. */
const inside = (work: (done: (found: string | undefined) => void) => void) =>
  operations.run('outer', undefined, () => new Promise<string | undefined>((resolve) => work(resolve)));

describe('the current operation is kept across', () => {
  it.each<[string, (done: (found: string | undefined) => void) => void]>([
    ['setTimeout', (done) => void setTimeout(() => done(name()), 1)],
    ['setImmediate', (done) => void setImmediate(() => done(name()))],
    ['process.nextTick', (done) => process.nextTick(() => done(name()))],
    ['queueMicrotask', (done) => queueMicrotask(() => done(name()))],
    ['a promise of timers', (done) => void delay(1).then(() => done(name()))],
    ['a callback of the file system', (done) => readFile(import.meta.filename, () => done(name()))],
    ['a child process', (done) => void execFile(process.execPath, ['--version'], () => done(name()))],
    [
      'the messages of a worker that it started',
      (done) => {
        const worker = new Worker("require('node:worker_threads').parentPort.postMessage(1)", { eval: true });
        worker.on('message', () => done(name()));
      },
    ],
    [
      'an event emitted inside',
      (done) => {
        const emitter = new EventEmitter();
        emitter.on('tile', () => done(name()));
        setTimeout(() => emitter.emit('tile'), 1);
      },
    ],
  ])('%s', async (_what, work) => {
    expect(await inside(work)).toBe('outer');
  });

  it('a pipeline of streams', async () => {
    const found: (string | undefined)[] = [];
    const see = new Transform({
      objectMode: true,
      transform(chunk, _encoding, done) {
        found.push(name());
        setImmediate(done, null, chunk);
      },
    });
    await operations.run('outer', undefined, () =>
      pipeline(Readable.from([1, 2, 3]), see, async (chunks) => {
        for await (const _ of chunks) found.push(name());
      }),
    );
    expect(found).toEqual(Array(6).fill('outer'));
  });

  it('many operations at the same time, each its own', async () => {
    const found = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        operations.run(`op${i}`, undefined, async () => {
          await delay(Math.random() * 5);
          return operations.run('inner', undefined, async (inner) => {
            await delay(Math.random() * 5);
            return `${inner.parent?.name} ${name()}`;
          });
        }),
      ),
    );
    expect(found).toEqual(Array.from({ length: 100 }, (_, i) => `op${i} inner`));
  });
});

it('a worker starts without an operation: context does not cross threads, a traceparent handed over does', async () => {
  const traceparent = operations.run('outer', undefined, ({ traceId, spanId }) => `00-${traceId}-${spanId}-01`);
  const echoed = await new Promise<string>((resolve) => {
    const code =
      "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(workerData)";
    new Worker(code, { eval: true, workerData: traceparent }).on('message', resolve);
  });
  operations.run('continued', { parent: echoed }, () => {});
  const [outer, continued] = telemetry.spans();
  expect(continued?.spanContext().traceId).toBe(outer?.spanContext().traceId);
  expect(continued?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
});
