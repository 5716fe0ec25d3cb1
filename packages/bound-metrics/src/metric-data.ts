/**
 * The values of the enums AggregationTemporality and DataPointType of the SDK, whose module must not be loaded by those
 * who have no SDK.
 */
export const DELTA = 0;
export const CUMULATIVE = 1;
export const POINT_HISTOGRAM = 0;
export const POINT_EXPONENTIAL_HISTOGRAM = 1;
export const POINT_GAUGE = 2;
export const POINT_SUM = 3;
