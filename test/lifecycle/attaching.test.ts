import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { program, runProgram } from './run-program.js';
import { prepareSdk3 } from './sdk3-cache.js';

let owner: OtlpSink;
let sink: OtlpSink;

beforeEach(async () => {
  owner = await startSink();
  sink = await startSink();
});
afterEach(async () => {
  await owner.close();
  await sink.close();
});

const SPANS = ['after: work', 'before: work', 'library: inner'];
const spanNames = ({ received }: OtlpSink) =>
  received()
    .spans.map(({ item, scope }) => `${scope.name}: ${item.name}`)
    .sort();
const errors = ({ received }: OtlpSink) => received().logs.map(({ item }) => item.attributes['exception.type']);
/** Calls by scope, of the last push. */
function durations({ received }: OtlpSink): Record<string, number | undefined> {
  const found = received().metrics.filter(({ item }) => item.name === 'monitor.operation.duration');
  return Object.fromEntries(found.map(({ scope, item }) => [scope.name, item.points[0]?.count]));
}

/** Everything went through the owner, once, and nothing through us. */
function expectAllThroughOwner(): void {
  expect(spanNames(owner)).toEqual(SPANS);
  const inner = owner.received().spans.find(({ item }) => item.name === 'inner');
  const work = owner.received().spans.find(({ scope }) => scope.name === 'before');
  expect(inner?.item.parentSpanId).toBe(work?.item.spanId);
  expect(errors(owner)).toEqual(['Corrupt']);
  expect(durations(owner)).toEqual({ before: 1, after: 1 });
  expect(sink.paths).toEqual([]);
}

const env = () => ({ OWNER: owner.url, SINK: sink.url });

describe('attached to providers of the user, nothing is recorded or sent twice', () => {
  test('a NodeTracerProvider: spans are its, metrics and log records are ours', async () => {
    const { code, stdout, stderr } = await runProgram(program('attached.mjs'), {
      args: ['node-tracer-provider'],
      env: env(),
    });
    expect([code, stdout, stderr]).toEqual([0, 'attached own own\n', '']);
    expect(spanNames(owner)).toEqual(SPANS);
    expect(new Set(owner.paths)).toEqual(new Set(['/v1/traces']));
    expect(spanNames(sink)).toEqual([]);
    expect(errors(sink)).toEqual(['Corrupt']);
    expect(durations(sink)).toEqual({ before: 1, after: 1 });
  });

  test('a NodeSDK: all is its', async () => {
    const { code, stdout, stderr } = await runProgram(program('attached.mjs'), { args: ['node-sdk'], env: env() });
    expect([code, stdout, stderr]).toEqual([0, 'attached attached attached\n', '']);
    expectAllThroughOwner();
  });
});

const sdk3 = prepareSdk3();
const sdk3Name =
  sdk3.missing === undefined
    ? 'attached to SDK 3.1'
    : `attached to SDK 3.1 (needs SDK 3.1 and Node 24 from npm: ${sdk3.missing})`;

describe.skipIf(sdk3.missing)(sdk3Name, () => {
  const { node, folder } = sdk3.missing === undefined ? sdk3 : { node: '', folder: '' };

  test('with api 1.10 on Node 24: all is its', async () => {
    for (const file of ['attached-sdk3.mjs', 'owner-node-sdk.mjs']) copyFileSync(program(file), join(folder, file));
    const path = join(folder, 'attached-sdk3.mjs');
    const { code, stdout, stderr } = await runProgram(path, { node, cwd: folder, env: env() });
    expect([code, stdout, stderr]).toEqual([0, 'attached attached attached\n', '']);
    expectAllThroughOwner();
  });

  test('no peer dependency is in conflict, and there is one copy of the API', () => {
    const list = (...options: string[]) =>
      spawnSync('npm', ['ls', '--all', ...options], { cwd: folder, encoding: 'utf8' }).stdout;
    const { problems = [] } = JSON.parse(list('--json')) as { problems?: string[] };
    // our packages were laid beside what the registry gave: extraneous, but their peers are checked like any
    expect(problems.filter((problem) => !problem.startsWith('extraneous:'))).toEqual([]);
    const copies = list('--parseable', '@opentelemetry/api').trim().split('\n');
    expect(copies).toEqual([join(folder, 'node_modules', '@opentelemetry', 'api')]);
  });
});
