import { addOutcomes, readCounts, readOutcomes } from './outcomes.js';
import { SecondsSketch } from './seconds-sketch.js';
import type { StepRoom } from './step-counts.js';
import { MAX_STEPS, WorkflowCounts } from './workflow-counts.js';

const MAX_NAME = 256;
const MAX_LIST = 1000;

/** Counts from what `toValue` gave; undefined when it is damaged in any part. Total on what JSON can hold. */
export function readWorkflowCounts(value: unknown, room: StepRoom): WorkflowCounts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Record<string, unknown>;
  const counts = new WorkflowCounts(room);
  const isWhole =
    readRuns(counts, given) &&
    readSteps(counts, given.steps) &&
    readNamed(given.failures, (name, runs) => {
      const [count] = readCounts([runs], 1) ?? [];
      if (count !== undefined) counts.failedWith(name, count);
      return count !== undefined;
    }) &&
    readNamed(given.variants, (name, value) => {
      const outcomes = readOutcomes(value);
      if (outcomes !== undefined) addOutcomes(counts.outcomesOf(name), outcomes);
      return outcomes !== undefined;
    });
  if (isWhole) return counts;
  counts.release();
  return undefined;
}

function readRuns(counts: WorkflowCounts, given: Record<string, unknown>): boolean {
  const runs = readOutcomes(given.runs);
  const left = readCounts(given.left, 2);
  const seconds = SecondsSketch.fromValue(given.seconds);
  if (runs === undefined || left === undefined || seconds === undefined) return false;
  addOutcomes(counts.runs, runs);
  counts.leftEarly.failed = left[0] ?? 0;
  counts.leftEarly.abandoned = left[1] ?? 0;
  counts.secondsToComplete.merge(seconds);
  return true;
}

function readSteps(counts: WorkflowCounts, given: unknown): boolean {
  if (!Array.isArray(given) || given.length > MAX_STEPS) return false;
  return given.every((item, place) => {
    if (!Array.isArray(item) || !isName(item[0]) || counts.placeOf(item[0]) !== place) return false;
    const step = counts.steps[place]!;
    const numbers = readCounts(item[1], 4);
    const seconds = SecondsSketch.fromValue(item[2]);
    const after = Array.isArray(item[3]) && item[3].length <= given.length && readCounts(item[3], item[3].length);
    if (numbers === undefined || seconds === undefined || !after) return false;
    [step.reached = 0, step.times = 0, step.failed = 0, step.abandoned = 0] = numbers;
    step.seconds.merge(seconds);
    for (const [before, runs] of after.entries()) step.reachedAfter(before, runs);
    return true;
  });
}

function readNamed(given: unknown, read: (name: string, value: unknown) => boolean): boolean {
  if (!Array.isArray(given) || given.length > MAX_LIST) return false;
  return given.every((item) => Array.isArray(item) && isName(item[0], 2 * MAX_NAME + 1) && read(item[0], item[1]));
}

function isName(value: unknown, longest = MAX_NAME): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}
