import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { workflowFunnel, workflowsState } from '../../src/funnels/workflow-query.js';
import { Usage } from '../../src/usage.js';
import type { Workflow } from '../../src/workflow.js';

const LIMIT_SECONDS = 60;
const usage = new Usage({ name: 'model' });
let workflows = 0;
beforeAll(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 24) }));
afterAll(() => void vi.useRealTimers());

/** A run as somebody would write it down who has all the time and memory that there is. */
interface Written {
  readonly handle: Workflow;
  readonly steps: string[];
  readonly startSeconds: number;
  lastSeconds: number;
  end: 'completed' | 'failed' | undefined;
  readonly visits: [step: string, seconds: number][];
  sinceSeconds: number;
}

type Action =
  | { readonly start: true }
  | { readonly run: number; readonly step: string }
  | { readonly run: number; readonly end: 'completed' | 'failed' }
  | { readonly wait: number; readonly ask: boolean };

const run = fc.nat(7);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ start: true as const }) },
  { weight: 6, arbitrary: fc.record({ run, step: fc.constantFrom('a', 'b', 'c', 'd') }) },
  { weight: 2, arbitrary: fc.record({ run, end: fc.constantFrom('completed' as const, 'failed' as const) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.constantFrom(1, 50, 70, 40_000), ask: fc.boolean() }) },
);

it('the store counts what a list of all runs would tell, whatever runs do', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const name = `model ${workflows++}`;
      const runs: Written[] = [];
      let now = 0;
      for (const each of actions) {
        if ('start' in each) {
          const handle = usage.startWorkflow(name, { abandonAfterSeconds: LIMIT_SECONDS });
          const written = { startSeconds: now, lastSeconds: now, sinceSeconds: now };
          runs.push({ handle, steps: [], end: undefined, visits: [], ...written });
        } else if ('wait' in each) {
          vi.advanceTimersByTime(each.wait * 1000);
          now += each.wait;
          // asking in between must not change what is told later
          if (each.ask) workflowFunnel(name);
        } else {
          const written = runs[each.run % Math.max(1, runs.length)];
          if (written === undefined) continue;
          if ('step' in each) {
            written.handle.step(each.step);
            if (written.end === undefined) reach(written, each.step, now);
          } else {
            if (each.end === 'completed') written.handle.complete();
            else written.handle.fail('E');
            if (written.end === undefined) end(written, each.end, now);
          }
        }
      }
      const expected = told(runs, now);
      expect(figures(workflowFunnel(name, { days: 400 }))).toEqual(expected);
      // and the same when all that there is was read back by another process
      const entries = [...workflowsState().entries()].filter(([key]) => key.endsWith(`/${name}`));
      const renamed = entries.map(([key, value]) => [`${key} again`, JSON.parse(JSON.stringify(value))] as const);
      expect(workflowsState().restore(renamed, 1).refused).toBe(0);
      const again = figures(workflowFunnel(`${name} again`, { days: 400 }));
      const lost = expected && { ...expected.runs, inProgress: 0, interrupted: expected.runs.inProgress };
      expect(again).toEqual(expected && { ...expected, runs: lost });
    }),
    { numRuns: 300 },
  );
});

function reach(written: Written, step: string, now: number): void {
  const current = written.steps.at(-1);
  if (current !== step) {
    if (current !== undefined) written.visits.push([current, now - written.sinceSeconds]);
    written.sinceSeconds = now;
  }
  written.steps.push(step);
  written.lastSeconds = now;
}

function end(written: Written, how: 'completed' | 'failed', now: number): void {
  const current = written.steps.at(-1);
  if (current !== undefined) written.visits.push([current, now - written.sinceSeconds]);
  written.end = how;
}

function told(runs: readonly Written[], now: number) {
  if (runs.length === 0) return undefined;
  const stateOf = (each: Written) =>
    each.end ?? (now - each.lastSeconds > LIMIT_SECONDS ? ('abandoned' as const) : ('inProgress' as const));
  const count = (state: string) => runs.filter((each) => stateOf(each) === state).length;
  const left = (step: string | undefined, state: string) =>
    runs.filter((each) => stateOf(each) === state && each.steps.at(-1) === step).length;
  const steps = [...new Set(runs.flatMap((each) => each.steps))].sort().map((step) => {
    const visits = runs.flatMap((each) => each.visits).filter(([visited]) => visited === step);
    return {
      step,
      reached: runs.filter((each) => each.steps.includes(step)).length,
      times: runs.flatMap((each) => each.steps).filter((reached) => reached === step).length,
      failed: left(step, 'failed'),
      abandoned: left(step, 'abandoned'),
      visits: visits.length,
      seconds: visits.reduce((sum, [, seconds]) => sum + seconds, 0),
    };
  });
  return {
    runs: {
      started: runs.length,
      completed: count('completed'),
      failed: count('failed'),
      abandoned: count('abandoned'),
      inProgress: count('inProgress'),
      interrupted: 0,
    },
    early: { failed: left(undefined, 'failed'), abandoned: left(undefined, 'abandoned') },
    steps,
  };
}

function figures(funnel: ReturnType<typeof workflowFunnel>) {
  if (funnel === undefined) return undefined;
  const steps = funnel.steps.map(({ name, reached, times, left, secondsInStep }) => ({
    step: name,
    reached,
    times,
    ...left,
    visits: secondsInStep?.count ?? 0,
    seconds: Math.round((secondsInStep?.mean ?? 0) * (secondsInStep?.count ?? 0)),
  }));
  return {
    runs: funnel.runs,
    early: funnel.leftBeforeFirstStep,
    steps: steps.sort((a, b) => (a.step < b.step ? -1 : 1)),
  };
}
