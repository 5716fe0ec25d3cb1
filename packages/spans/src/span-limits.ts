/** What a span holds at most (specification, Trace SDK, "Span Limits"); what finds no room is dropped and counted. */
export interface SpanLimits {
  readonly attributeCount: number;
  /** In UTF-16 units; longer text is cut. */
  readonly attributeValueLength: number;
  readonly eventsPerSpan: number;
  readonly linksPerSpan: number;
  readonly attributesPerEvent: number;
  readonly attributesPerLink: number;
}
