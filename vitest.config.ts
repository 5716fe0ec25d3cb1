import { defineConfig } from 'vitest/config';

/**
 * One suite, three projects, one after another. `unit` runs beside the sources, two files at a time: of itself vitest leaves
 * one processor free, and a machine of two would run one. `parts` starts the real programs that we work with (the Collector,
 * Prometheus, Jaeger, frameworks, other SDKs) and mostly waits for them: three files at a time. `system` starts our own
 * processes: two files at a time, whatever the machine has. A time-out is for what hangs: on a busy machine all takes long.
 * All read the TypeScript sources of the packages through the `source` condition.
 */
const resolve = { conditions: ['source', 'node'] };
const ssr = { resolve: { conditions: ['source', 'node'] } };

/** Nothing that the tests or their programs keep comes into the home of whoever runs them. */
const state = { globalSetup: ['test/temporary-state.ts'], setupFiles: ['test/state-of-file.ts'] };

/** The folders of test/ whose files are `parts`; all others are `system`. */
const parts = [
  'beside',
  'collector',
  'compose',
  'conformance',
  'dashboards',
  'e2e',
  'instrumentations',
  'jobs',
  'kubernetes',
  'logs',
  'real-parts',
  'redaction',
  'tiers',
];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          ...state,
          sequence: { groupOrder: 0 },
          include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'parts',
          ...state,
          sequence: { groupOrder: 1 },
          include: parts.map((folder) => `test/${folder}/**/*.test.ts`),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'system',
          ...state,
          sequence: { groupOrder: 2 },
          include: ['test/**/*.test.ts'],
          exclude: parts.map((folder) => `test/${folder}/**`),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
