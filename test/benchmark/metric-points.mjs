/**
 * The points of the SDK's data in a comparable order: all but times and durations.
 * @param {readonly any[]} scopeMetrics
 */
export function metricPoints(scopeMetrics) {
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ descriptor, dataPointType, isMonotonic, dataPoints }) =>
      dataPoints.map((/** @type {any} */ { attributes, value }) => ({
        name: descriptor.name,
        unit: descriptor.unit,
        description: descriptor.description,
        type: dataPointType,
        isMonotonic,
        attributes: Object.fromEntries(Object.entries(attributes).sort()),
        value: typeof value === 'number' ? value : { count: value.count, boundaries: value.buckets.boundaries },
      })),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}
