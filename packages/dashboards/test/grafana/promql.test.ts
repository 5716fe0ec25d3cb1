import { describe, expect, it } from 'vitest';
import { steps } from '../../src/grafana/limits.js';
import { by, chosen, legendOf, quantile, rate, share, where } from '../../src/grafana/promql.js';

describe('expressions', () => {
  it('are of the chosen services and processes', () => {
    expect(chosen('up')).toBe('up{job=~"$job", instance=~"$instance"}');
    expect(chosen('up', where('error.type', '!=', ''))).toBe('up{job=~"$job", instance=~"$instance", error_type!=""}');
  });

  it('are by labels of Prometheus, by attributes and by labels that a variable stands for', () => {
    expect(by(['job', 'error.type', '$dimension'], 'up', 'max')).toBe('max by (job, error_type, $dimension) (up)');
    expect(by([], 'up')).toBe('sum(up)');
    expect(legendOf(['job', 'error.type'])).toBe('{{job}} {{error_type}}');
  });

  it('take a part that was never seen for 0, and have nothing where nothing happened', () => {
    expect(share(['job'], rate('bad'), rate('all'))).toBe(
      '(sum by (job) (rate(bad[$__rate_interval])) or 0 * sum by (job) (rate(all[$__rate_interval]))) / ' +
        '(sum by (job) (rate(all[$__rate_interval])) > 0)',
    );
  });

  it('keep the bounds of buckets for a quantile', () => {
    expect(quantile(0.95, ['job'], rate('x_bucket'))).toBe(
      'histogram_quantile(0.95, sum by (le, job) (rate(x_bucket[$__rate_interval])))',
    );
  });
});

describe('limits', () => {
  it('are bad above, or below', () => {
    expect(steps({ warning: 1, critical: 2 })).toEqual([
      { value: null, color: 'green' },
      { value: 1, color: 'orange' },
      { value: 2, color: 'red' },
    ]);
    expect(steps({ warning: 0.99, critical: 0.95, bad: 'below' })).toEqual([
      { value: null, color: 'red' },
      { value: 0.95, color: 'orange' },
      { value: 0.99, color: 'green' },
    ]);
    expect(steps(undefined)).toEqual([{ value: null, color: 'green' }]);
  });
});
