import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkflowCounts } from '../../src/funnels/read-workflow-counts.js';
import { StepRoom } from '../../src/funnels/step-counts.js';
import { WorkflowCounts } from '../../src/funnels/workflow-counts.js';

const room = new StepRoom(Number.POSITIVE_INFINITY);

function someCounts(): WorkflowCounts {
  const counts = new WorkflowCounts(room);
  for (let run = 0; run < 3; run++) counts.started(['uploader\non']);
  const upload = counts.steps[counts.placeOf('upload')]!;
  const parse = counts.steps[counts.placeOf('parse')]!;
  Object.assign(upload, { reached: 3, times: 4 });
  Object.assign(parse, { reached: 2, times: 2 });
  parse.reachedAfter(counts.placeOf('upload'), 2);
  upload.seconds.record(1.5);
  counts.secondsToComplete.record(3);
  counts.failedWith('EIO');
  counts.ended('failed', counts.placeOf('parse'), ['uploader\non'], 1);
  counts.ended('completed', counts.placeOf('parse'), ['uploader\non'], 1);
  counts.ended('abandoned', -1, ['uploader\non'], 1);
  return counts;
}

describe('counts of a workflow and day', () => {
  it('come back from their JSON as they were', () => {
    const value = JSON.parse(JSON.stringify(someCounts().toValue()));
    expect(readWorkflowCounts(value, room)?.toValue()).toEqual(someCounts().toValue());
  });

  it('are refused as a whole when any part is damaged', () => {
    const text = JSON.stringify(someCounts().toValue());
    const damaged = [
      text.replace('[3,1,1,1]', '[3,1,1]'),
      text.replace('[3,1,1,1]', '[3,2,1,1]'),
      text.replace('"left":[0,1]', '"left":[0,-1]'),
      text.replace('"parse"', '"upload"'),
      text.replace('"parse"', '""'),
      text.replace('"EIO",1', '"EIO",1.5'),
      text.replace('"EIO",1', '7,1'),
      text.replace('"seconds":[3,', '"seconds":[-3,'),
      text.replace('[2]]', '[2,0,0,0]]'),
      text.replace('"variants":[', '"variants":[1,'),
    ];
    for (const each of damaged) {
      expect(each).not.toBe(text);
      expect(readWorkflowCounts(JSON.parse(each), room)).toBeUndefined();
    }
  });

  it('are not read from anything else, and nothing throws', () => {
    const parts = fc.record(
      {
        runs: fc.jsonValue(),
        left: fc.jsonValue(),
        seconds: fc.jsonValue(),
        steps: fc.jsonValue(),
        failures: fc.jsonValue(),
        variants: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), parts), (value) => {
        const counts = readWorkflowCounts(value, room);
        if (counts !== undefined) expect(readWorkflowCounts(counts.toValue(), room)).toBeDefined();
      }),
    );
  });

  it('add up, step by step, whatever place a step has in each', () => {
    const counts = new WorkflowCounts(room);
    counts.placeOf('parse');
    counts.merge(someCounts());
    counts.merge(someCounts());
    expect(counts.toValue()).toEqual({
      runs: [6, 2, 2, 2],
      left: [0, 2],
      seconds: [6, expect.any(Number), 2],
      steps: [
        ['parse', [4, 4, 2, 0], [], [0, 4]],
        ['upload', [6, 8, 0, 0], [3, expect.any(Number), 2], []],
      ],
      failures: [['EIO', 2]],
      variants: [['uploader\non', [6, 2, 2, 2]]],
    });
  });

  it('give the room of their steps back when they rest', () => {
    const small = new StepRoom(2);
    const counts = new WorkflowCounts(small);
    for (const name of ['a', 'b', 'c', '_OTHER', 'd']) counts.placeOf(name);
    expect(counts.steps.map(({ name }) => name)).toEqual(['a', 'b', '_OTHER']);
    expect([small.refused, small.take()]).toEqual([2, false]);
    counts.release();
    expect([small.take(), small.take(), small.take()]).toEqual([true, true, false]);
  });
});
