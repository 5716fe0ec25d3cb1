import { defineConfig } from 'vitest/config';

/**
 * One suite, three projects. `unit` runs beside the sources; `system` starts real processes (the built packages, the
 * Collector, servers) one file after another so that they don't disturb each other; both read the TypeScript sources
 * of the packages through the `source` condition.
 */
const resolve = { conditions: ['source', 'node'] };
const ssr = { resolve: { conditions: ['source', 'node'] } };

/** Nothing that the tests or their programs keep comes into the home of whoever runs them. */
const state = { globalSetup: ['test/temporary-state.ts'], setupFiles: ['test/state-of-file.ts'] };

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
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'system',
          ...state,
          // after the unit tests: these time real processes
          sequence: { groupOrder: 1 },
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
