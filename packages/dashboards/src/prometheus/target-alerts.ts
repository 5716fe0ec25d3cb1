import { isNot, matchesNot, select } from './matcher.js';
import type { RuleFile } from './rule.js';

/** Programs that cannot be scraped, or whose metrics do not come any more. */
export const targetAlerts = (shortLivedJobs: readonly string[]): RuleFile => {
  const info = select(
    'target_info',
    ...(shortLivedJobs.length === 0 ? [] : [matchesNot('job', shortLivedJobs.join('|'))]),
  );
  return {
    name: 'targets',
    dashboard: 'microservices-health',
    about:
      'Programs that are not there: scraped directly and not answering, or pushing to the Collector and silent. While\n' +
      'TargetDown or ServiceDown fires, Alertmanager does not tell what else is wrong with the same instance or service.',
    groups: [
      {
        name: 'targets',
        rules: [
          {
            alert: 'TargetDown',
            severity: 'critical',
            expr: () => 'up == 0',
            for: '2m',
            summary: '{{ $labels.job }} {{ $labels.instance }} does not answer Prometheus',
            description: 'It has ended, hangs, is cut off, or wants a token that Prometheus does not have.',
          },
          {
            alert: 'ServiceDown',
            severity: 'critical',
            expr: () => 'max by (job) (up) == 0',
            for: '1m',
            summary: 'No instance of {{ $labels.job }} answers Prometheus',
            description: 'The service as a whole is away, or Prometheus is.',
          },
          {
            alert: 'ServiceMetricsMissing',
            severity: 'warning',
            expr: () => `group by (job) (present_over_time(${info}[1h])) unless group by (job) (${info})`,
            for: '5m',
            summary: 'The metrics of {{ $labels.job }} do not come any more',
            description:
              'They came within the last hour and come no longer: the programs have ended, or what they push does not get ' +
              'through the Collector, which forgets them after 5 minutes. Name jobs that are meant to end in shortLivedJobs.',
          },
          {
            alert: 'NoMetricsAtAll',
            severity: 'critical',
            expr: () => `absent(${select('target_info', isNot('telemetry.sdk.language', ''))})`, // the Collector has a target_info, too
            for: '10m',
            summary: 'Prometheus has no metrics of any monitored program',
            description: 'Nothing is scraped and nothing is pushed: no other alert can fire.',
          },
        ],
      },
    ],
  };
};
