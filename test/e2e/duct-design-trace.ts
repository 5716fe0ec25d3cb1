/** What a tree of spans is made of, whoever tells it: the Collector's files or Jaeger. */
export interface NamedSpan {
  readonly service: string;
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
}

export type SpanTree = { [name: string]: SpanTree };

/** A duct design of the SizeWise example as it is traced, whatever the catalogue had to read: `service name`, and what is in it. */
export const DUCT_DESIGN: SpanTree = {
  'gateway POST /api/hvac/calculate': {
    'gateway hvac_calculation': {
      'gateway POST': {
        'calculator POST /calculations/duct_design': {
          'calculator calculation': {
            'calculator GET 1': { 'catalogue GET /ducts/:shape/sizes': {} },
            'calculator GET 2': { 'catalogue GET /fittings/:fitting': {} },
            'calculator GET 3': { 'catalogue GET /fittings/:fitting': {} },
            'calculator GET 4': { 'catalogue GET /fittings/:fitting': {} },
            'calculator GET 5': { 'catalogue GET /fittings/:fitting': {} },
            'calculator GET 6': { 'catalogue GET /materials/:material': {} },
            'calculator POST': { 'duct-sizing POST /duct-sizing': { 'duct-sizing size_sections': {} } },
            'calculator pressure_losses': {},
            'calculator room_loads': {},
          },
        },
      },
    },
  },
};

/** The catalogue reads a file for its first answers, and then has it in its cache. */
const READING = 'catalogue_reading';

/** Spans of a design whose every answer of the catalogue came from its cache. */
export const DUCT_DESIGN_SPANS = 22;

export const withoutReading = <T extends { readonly name: string }>(spans: readonly T[]): T[] =>
  spans.filter(({ name }) => name !== READING);

/** The tree below a span; what stands beside another of the same name is numbered in the order of what is in it. */
export function spanTree(spans: readonly NamedSpan[], parentSpanId?: string): SpanTree {
  const inside = withoutReading(spans)
    .filter((span) => span.parentSpanId === parentSpanId)
    .map((span) => [`${span.service} ${span.name}`, spanTree(spans, span.spanId)] as const)
    .sort(([a, inA], [b, inB]) => a.localeCompare(b) || JSON.stringify(inA).localeCompare(JSON.stringify(inB)));
  const named = inside.map(([name, below], index) => {
    const same = inside.filter(([each]) => each === name);
    const place = index - inside.findIndex(([each]) => each === name) + 1;
    return [same.length > 1 ? `${name} ${place}` : name, below] as const;
  });
  return Object.fromEntries(named);
}
