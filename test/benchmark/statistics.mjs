export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and greatest. */
export function summary(values) {
  return { median: median(values), least: Math.min(...values), greatest: Math.max(...values), runs: values.length };
}

/** Pairs of the same round: what disturbed one will have disturbed the other. */
export function ratios(values, references) {
  return values.map((value, index) => value / references[index]);
}

export function differences(values, references) {
  return values.map((value, index) => value - references[index]);
}
