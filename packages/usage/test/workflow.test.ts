import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Usage } from '../src/usage.js';

const usage = new Usage({ name: 'spritepal' });

let telemetry: Telemetry;
beforeEach(() => {
  vi.useFakeTimers();
  telemetry = recordTelemetry();
});
afterEach(() => {
  telemetry.stop();
  vi.useRealTimers();
});

const steps = async () =>
  Object.fromEntries(
    (await telemetry.metric('monitor.workflow.steps')).map(({ attributes, ...point }) => [
      `${attributes['monitor.workflow.name']}/${attributes['monitor.workflow.step']}`,
      'value' in point ? point.value : Number.NaN,
    ]),
  );
const durations = async () =>
  Object.fromEntries(
    (await telemetry.metric('monitor.workflow.duration')).map(({ attributes, ...point }) => [
      `${attributes['monitor.workflow.name']}/${attributes['error.type'] ?? 'ok'}`,
      'sum' in point ? [point.count, point.sum] : [],
    ]),
  );

describe('a run of a workflow', () => {
  it('counts its steps and, when completed, its duration from start to end', async () => {
    const workflow = usage.startWorkflow('import');
    workflow.step('upload').step('parse').step('upload');
    vi.advanceTimersByTime(2500);
    workflow.complete();
    expect(workflow.name).toBe('import');
    expect(await steps()).toEqual({ 'import/upload': 2, 'import/parse': 1 });
    expect(await durations()).toEqual({ 'import/ok': [1, 2.5] });
  });

  it('that fails carries error.type, by class, by code or `_OTHER`', async () => {
    for (const error of [new RangeError('x'), 'ENOSPC', undefined, 'the disk is full']) {
      const workflow = usage.startWorkflow('import');
      vi.advanceTimersByTime(1000);
      workflow.fail(error);
    }
    expect(await durations()).toEqual({
      'import/RangeError': [1, 1],
      'import/ENOSPC': [1, 1],
      'import/_OTHER': [2, 2],
    });
  });

  it('ends once: what comes after the first end does nothing', async () => {
    const workflow = usage.startWorkflow('import');
    vi.advanceTimersByTime(1000);
    workflow.complete();
    vi.advanceTimersByTime(1000);
    workflow.fail(new Error('late'));
    workflow.complete();
    workflow.step('after');
    expect(await durations()).toEqual({ 'import/ok': [1, 1] });
    expect(await steps()).toEqual({});
  });

  it('that is never ended is neither completed nor failed', async () => {
    usage.startWorkflow('import').step('upload');
    expect(await durations()).toEqual({});
    expect(await steps()).toEqual({ 'import/upload': 1 });
  });

  it('takes its methods as callbacks', async () => {
    const { step, complete } = usage.startWorkflow('import');
    step('upload');
    await Promise.resolve('value').then(complete);
    const { fail } = usage.startWorkflow('import');
    await Promise.reject(new RangeError('x')).catch(fail);
    expect(await durations()).toEqual({ 'import/ok': [1, 0], 'import/RangeError': [1, 0] });
  });

  it('a workflow and a step that were not named are kept apart from any that were', async () => {
    usage.startWorkflow('3:abcd').step(undefined as never);
    usage.startWorkflow('abc').step('d');
    expect(await steps()).toEqual({ '3:abcd/unnamed': 1, 'abc/d': 1 });
  });

  it('is not recorded while usage is off, whenever it began', async () => {
    const workflow = usage.startWorkflow('import');
    runtimeState.usage.enabled = false;
    workflow.step('upload');
    workflow.complete();
    runtimeState.usage.enabled = true;
    workflow.complete();
    expect(await steps()).toEqual({});
    expect(await durations()).toEqual({});
  });
});
