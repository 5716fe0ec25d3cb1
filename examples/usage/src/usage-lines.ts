import type { FeatureUsage, FlagUsage, WorkflowFunnel } from '@otel-monitor/monitor';

/** Features as lines for a terminal. */
export function featureLines(features: readonly FeatureUsage[]): string[] {
  return features.map(({ name, uses, users, adoption }) =>
    [`  ${name.padEnd(8)} ${String(uses).padStart(3)} uses`, `${users} users, ${percent(adoption)} of the active`].join(
      '  ',
    ),
  );
}

/** The funnel of a workflow as lines for a terminal. */
export function funnelLines({ name, runs, conversion, steps, failures }: WorkflowFunnel): string[] {
  return [
    `${name}: ${runs.started} runs, ${runs.completed} completed (${percent(conversion)}), ${runs.failed} failed, ` +
      `${runs.abandoned} abandoned`,
    ...steps.map(({ name: step, reached, conversionFromPrevious, left, secondsInStep }) =>
      [
        `  ${step.padEnd(8)} ${String(reached).padStart(3)} runs`,
        `${percent(conversionFromPrevious).padStart(5)} of the step before`,
        `${left.failed} failed, ${left.abandoned} left here`,
        `p95 ${((secondsInStep?.p95 ?? 0) * 1000).toFixed(1)} ms`,
      ].join('  '),
    ),
    ...failures.map(({ errorType, runs: failed }) => `  failed with ${errorType}: ${failed}`),
  ];
}

/** A flag and what was done under its variants, as lines for a terminal. */
export function flagLines({ flag, evaluations, variants }: FlagUsage): string[] {
  return [
    `${flag}: ${evaluations} evaluations`,
    ...variants.map(({ variant, evaluations: times, users, workflows, features }) =>
      [
        `  ${variant.padEnd(4)} ${String(times).padStart(3)} evaluations for ${users} users`,
        ...workflows.map(({ name, runs, conversion, successRate }) => {
          const ends = `${percent(conversion)} of ${runs.started} completed, ${percent(successRate)} without those who left`;
          return `${name}: ${ends}`;
        }),
        ...features.map(({ name, uses }) => `${name}: ${uses} uses`),
      ].join('  '),
    ),
  ];
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(0)} %`;
}
