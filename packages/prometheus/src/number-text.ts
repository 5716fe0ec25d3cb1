/** The value of a sample: the shortest decimal that reads back as the same number. */
export function sampleValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}

/**
 * The bound in an `le` label. It is part of a series' identity, so it is written like Go's `%g`, as every Go exposer and
 * the Collector write it: 0.005, 10, 1.048576e+06. OpenMetrics adds `.0` where neither point nor exponent shows
 * ("Considerations: Canonical Numbers").
 */
export function boundText(bound: number, isOpenMetrics: boolean): string {
  if (!Number.isFinite(bound)) return sampleValue(bound);
  const text = goText(bound);
  return isOpenMetrics && !/[.e]/.test(text) ? `${text}.0` : text;
}

function goText(value: number): string {
  const [digits = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) {
    // String() has no exponent in this range except for what is below 1e-6, which is not in it
    return String(value);
  }
  const magnitude = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits}e${exponent < 0 ? '-' : '+'}${magnitude}`;
}
