import { expect, it } from 'vitest';
import { featureLines, flagLines, funnelLines } from '../src/usage-lines.js';

const seconds = { count: 2, mean: 0.002, p50: 0.0021, p95: 0.00314 };

it('a funnel is a line for the workflow, one for each step and one for each way to fail', () => {
  const step = { times: 4, conversionFromStart: 1, left: { failed: 1, abandoned: 0 } };
  expect(
    funnelLines({
      name: 'import',
      runs: { started: 4, completed: 2, failed: 1, abandoned: 1, inProgress: 0, interrupted: 0 },
      conversion: 0.5,
      successRate: 2 / 3,
      secondsToComplete: seconds,
      steps: [
        { ...step, name: 'upload', reached: 4, conversionFromPrevious: 1, secondsInStep: seconds },
        { ...step, name: 'save', reached: 2, conversionFromPrevious: undefined, secondsInStep: undefined },
      ],
      leftBeforeFirstStep: { failed: 0, abandoned: 1 },
      failures: [{ errorType: 'EIO', runs: 1 }],
      variants: [],
    }),
  ).toEqual([
    'import: 4 runs, 2 completed (50 %), 1 failed, 1 abandoned',
    '  upload     4 runs  100 % of the step before  1 failed, 0 left here  p95 3.1 ms',
    '  save       2 runs      - of the step before  1 failed, 0 left here  p95 0.0 ms',
    '  failed with EIO: 1',
  ]);
});

it('a flag is a line for itself and one for each variant', () => {
  const runs = { started: 4, completed: 1, failed: 1, abandoned: 2 };
  const workflows = [{ name: 'import', runs, conversion: 0.25, successRate: 0.5 }];
  const features = [{ name: 'gallery', uses: 7, failed: 0, successRate: 1 }];
  expect(
    flagLines({
      flag: 'uploader',
      evaluations: 5,
      failures: [],
      variants: [
        { variant: 'off', evaluations: 1, users: 1, workflows: [], features: [] },
        { variant: 'on', evaluations: 4, users: 3, workflows, features },
      ],
    }),
  ).toEqual([
    'uploader: 5 evaluations',
    '  off    1 evaluations for 1 users',
    '  on     4 evaluations for 3 users  import: 25 % of 4 completed, 50 % without those who left  gallery: 7 uses',
  ]);
});

it('a feature is a line', () => {
  const feature = { name: 'gallery', uses: 7, failures: 0, users: 3, adoption: 0.75 };
  expect(featureLines([feature as never, { ...feature, adoption: undefined } as never])).toEqual([
    '  gallery    7 uses  3 users, 75 % of the active',
    '  gallery    7 uses  3 users, - of the active',
  ]);
});
