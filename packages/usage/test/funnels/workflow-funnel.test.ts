import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workflowFunnel, workflowFunnels, workflowLosses } from '../../src/funnels/workflow-query.js';
import { Usage } from '../../src/usage.js';

const usage = new Usage({ name: 'spritepal' });
let names = 0;
let name: string;
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12) });
  name = `workflow ${names++}`;
});
afterEach(() => {
  runtimeState.usage.enabled = true;
  // each test has a clock of its own that begins at 0: no run may be in progress that is of a later time
  vi.advanceTimersByTime(31 * 86_400_000);
  workflowFunnels();
  vi.useRealTimers();
});

const seconds = (count: number) => vi.advanceTimersByTime(count * 1000);
const funnel = () => workflowFunnel(name);
const stepsOf = () => Object.fromEntries((funnel()?.steps ?? []).map(({ name: step, ...rest }) => [step, rest]));

describe('the funnel of a workflow', () => {
  it('tells how many came how far, where they left, and how long it took', () => {
    for (let run = 0; run < 10; run++) {
      const workflow = usage.startWorkflow(name);
      seconds(1);
      if (run === 9) {
        workflow.fail(new RangeError('x'));
        continue;
      }
      workflow.step('upload');
      seconds(2);
      if (run === 8) {
        workflow.fail('ENOSPC');
        continue;
      }
      workflow.step('parse');
      seconds(4);
      if (run === 7) continue;
      workflow.step('save');
      seconds(1);
      if (run < 6) workflow.complete();
      else workflow.fail('ENOSPC');
    }
    const two = { count: 9, mean: 2, p50: expect.closeTo(2, 0), p95: expect.closeTo(2, 0) };
    expect(funnel()).toEqual({
      name,
      runs: { started: 10, completed: 6, failed: 3, abandoned: 0, inProgress: 1, interrupted: 0 },
      conversion: 6 / 9,
      successRate: 6 / 9,
      secondsToComplete: { count: 6, mean: 8, p50: expect.closeTo(8, 0), p95: expect.closeTo(8, 0) },
      steps: [
        {
          name: 'upload',
          reached: 9,
          times: 9,
          conversionFromStart: 0.9,
          conversionFromPrevious: 0.9,
          left: { failed: 1, abandoned: 0 },
          secondsInStep: two,
        },
        {
          name: 'parse',
          reached: 8,
          times: 8,
          conversionFromStart: 0.8,
          conversionFromPrevious: 8 / 9,
          left: { failed: 0, abandoned: 0 },
          secondsInStep: { count: 7, mean: 4, p50: expect.closeTo(4, 0), p95: expect.closeTo(4, 0) },
        },
        {
          name: 'save',
          reached: 7,
          times: 7,
          conversionFromStart: 0.7,
          conversionFromPrevious: 7 / 8,
          left: { failed: 1, abandoned: 0 },
          secondsInStep: { count: 7, mean: 1, p50: expect.closeTo(1, 1), p95: expect.closeTo(1, 1) },
        },
      ],
      leftBeforeFirstStep: { failed: 1, abandoned: 0 },
      failures: [
        { errorType: 'ENOSPC', runs: 2 },
        { errorType: 'RangeError', runs: 1 },
      ],
      variants: [],
    });
  });

  it('says nothing of a workflow that nobody ran, and nothing of shares of nothing', () => {
    expect(funnel()).toBeUndefined();
    usage.startWorkflow(name);
    expect(funnel()).toMatchObject({ runs: { started: 1, inProgress: 1 }, conversion: undefined, steps: [] });
  });

  it('counts a run once in a step that it reaches again, and each time in `times`', () => {
    const workflow = usage.startWorkflow(name);
    workflow.step('edit').step('edit');
    seconds(1);
    workflow.step('edit').step('preview');
    seconds(2);
    workflow.step('edit');
    seconds(4);
    workflow.complete();
    expect(stepsOf()).toMatchObject({
      // two visits: of 1 s, in which it was told three times, and of 4 s
      edit: { reached: 1, times: 4, secondsInStep: { count: 2, mean: 2.5 } },
      preview: { reached: 1, times: 1, secondsInStep: { count: 1, mean: 2 } },
    });
    expect(funnel()?.steps.map((step) => step.name)).toEqual(['edit', 'preview']);
  });

  it('knows nothing of steps after the end', () => {
    const workflow = usage.startWorkflow(name);
    workflow.complete();
    workflow.step('late');
    workflow.fail('EIO');
    expect(funnel()).toMatchObject({ runs: { started: 1, completed: 1, failed: 0 }, steps: [], failures: [] });
  });

  it('counts a run that is idle for half an hour as abandoned, where it was', () => {
    usage.startWorkflow(name).step('upload');
    usage.startWorkflow(name);
    seconds(1800);
    expect(funnel()?.runs).toMatchObject({ inProgress: 2, abandoned: 0 });
    seconds(1);
    expect(funnel()).toMatchObject({
      runs: { started: 2, inProgress: 0, abandoned: 2 },
      conversion: 0,
      leftBeforeFirstStep: { failed: 0, abandoned: 1 },
      steps: [{ name: 'upload', left: { failed: 0, abandoned: 1 } }],
    });
  });

  it('takes a run that goes on back, and counts it abandoned again from where it is then', () => {
    const workflow = usage.startWorkflow(name, { abandonAfterSeconds: 10 });
    const other = usage.startWorkflow(name, { abandonAfterSeconds: 10 });
    workflow.step('upload');
    seconds(11);
    expect(funnel()?.runs).toMatchObject({ inProgress: 0, abandoned: 2 });
    workflow.step('parse');
    other.complete();
    expect(funnel()).toMatchObject({
      runs: { inProgress: 1, abandoned: 0, completed: 1 },
      leftBeforeFirstStep: { abandoned: 0 },
      steps: [
        { name: 'upload', left: { abandoned: 0 }, secondsInStep: { count: 1, mean: 11 } },
        { name: 'parse', left: { abandoned: 0 } },
      ],
    });
    seconds(11);
    expect(funnel()).toMatchObject({
      runs: { inProgress: 0, abandoned: 1, completed: 1 },
      steps: [{ left: { abandoned: 0 } }, { left: { abandoned: 1 } }],
    });
  });

  it('sees idle runs of a short limit behind others of a long one', () => {
    usage.startWorkflow(name, { abandonAfterSeconds: 1000 });
    usage.startWorkflow(name, { abandonAfterSeconds: 10 });
    seconds(11);
    expect(funnel()?.runs).toMatchObject({ inProgress: 1, abandoned: 1 });
  });

  it('belongs to the day on which the run started', () => {
    const workflow = usage.startWorkflow(name, { abandonAfterSeconds: 1e9 });
    vi.advanceTimersByTime(86_400_000 * 3);
    workflow.step('upload');
    workflow.complete();
    usage.startWorkflow(name);
    expect(workflowFunnel(name, { days: 3 })?.runs).toMatchObject({ started: 1, completed: 0 });
    expect(workflowFunnel(name, { days: 4 })).toMatchObject({
      runs: { started: 2, completed: 1, inProgress: 1 },
      steps: [{ name: 'upload', reached: 1 }],
    });
  });

  it('calls a run interrupted that ends while usage is off', () => {
    const workflow = usage.startWorkflow(name);
    const abandoned = usage.startWorkflow(name);
    seconds(1801);
    expect(funnel()?.runs.abandoned).toBe(2);
    workflow.step('on');
    runtimeState.usage.enabled = false;
    workflow.complete();
    abandoned.fail();
    usage.startWorkflow(name);
    runtimeState.usage.enabled = true;
    expect(funnel()?.runs).toEqual({
      started: 2,
      completed: 0,
      failed: 0,
      abandoned: 0,
      inProgress: 0,
      interrupted: 2,
    });
  });

  it('of a run that started while usage was off has nothing', () => {
    runtimeState.usage.enabled = false;
    const workflow = usage.startWorkflow(name);
    runtimeState.usage.enabled = true;
    workflow.step('upload').step('parse');
    workflow.complete();
    expect(funnel()).toBeUndefined();
  });

  it('keeps 63 steps of a workflow apart and counts the others as one', () => {
    const before = workflowLosses().steps;
    const workflow = usage.startWorkflow(name);
    for (let step = 0; step < 5000; step++) workflow.step(`step ${step}`);
    workflow.complete();
    const steps = funnel()?.steps ?? [];
    expect(steps).toHaveLength(64);
    expect(steps.at(-1)).toMatchObject({ name: '_OTHER', reached: 1, times: 5000 - 63 });
    expect(steps.every(({ conversionFromPrevious }) => conversionFromPrevious === 1)).toBe(true);
    expect(workflowLosses().steps - before).toBe(5000 - 63);
  });

  it('stands with others in the order of their runs', () => {
    for (const [workflow, runs] of [
      [`${name} b`, 1],
      [`${name} a`, 1],
      [`${name} c`, 2],
    ] as const) {
      for (let run = 0; run < runs; run++) usage.startWorkflow(workflow).complete();
    }
    const found = workflowFunnels().filter((each) => each.name.startsWith(name));
    expect(found.map((each) => each.name.slice(-1))).toEqual(['c', 'a', 'b']);
  });

  it('can be written as JSON, and answers whatever it is asked', () => {
    usage.startWorkflow(name).complete();
    expect(JSON.parse(JSON.stringify(funnel()))).toMatchObject({ conversion: 1, steps: [] });
    const refuse = () => {
      throw new Error('refused');
    };
    const hostile = [
      null,
      1,
      'x',
      {},
      { days: -1 },
      { days: Number.NaN },
      { days: 1e300 },
      new Proxy({}, { get: refuse }),
    ];
    for (const query of hostile) {
      expect(workflowFunnel(name, query as never)?.runs.started).toBe(1);
      expect(workflowFunnels(query as never).length).toBeGreaterThan(0);
    }
    expect(workflowFunnel({ toString: refuse } as never)).toBeUndefined();
  });
});
