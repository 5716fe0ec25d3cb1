/**
 * One vector of what is counted for each signal in a metric of its own, with the signal as label `signal`. The names of
 * series cannot be left to a regular expression: without their names two of them would be the same series.
 */
export const eachSignal = <Signal extends string>(
  signals: readonly Signal[],
  expr: (signal: Signal) => string,
): string => {
  const labelled = signals.map((signal) => `label_replace(${expr(signal)}, "signal", "${signal}", "", "")`);
  return `(${labelled.join(' or ')})`;
};
