import type { Span } from './span.js';

/** What has arrived of a trace. */
export interface Trace {
  readonly traceId: string;
  readonly spans: readonly Span[];
}

/** The traces that arrived last, by their ids; older ones make room. */
export class TraceStore {
  readonly #traces = new Map<string, Span[]>();

  constructor(private readonly capacity: number) {}

  add(spans: readonly Span[]): void {
    for (const span of spans) {
      const known = this.#traces.get(span.traceId);
      if (known !== undefined) known.push(span);
      else {
        if (this.#traces.size >= this.capacity) this.#traces.delete(this.#traces.keys().next().value as string);
        this.#traces.set(span.traceId, [span]);
      }
    }
  }

  get spanCount(): number {
    return [...this.#traces.values()].reduce((sum, spans) => sum + spans.length, 0);
  }

  /** Of those that fit, the one that went through most services, with the most spans; of equals the first. */
  widest(fits: (trace: Trace) => boolean = () => true): Trace | undefined {
    let widest: Trace | undefined;
    for (const [traceId, spans] of this.#traces) {
      const trace = { traceId, spans };
      if (fits(trace) && (widest === undefined || isWider(trace, widest))) widest = trace;
    }
    return widest;
  }

  /** Of those that fit, the one that began last. */
  latest(fits: (trace: Trace) => boolean): Trace | undefined {
    for (const [traceId, spans] of [...this.#traces].reverse()) {
      const trace = { traceId, spans };
      if (fits(trace)) return trace;
    }
    return undefined;
  }
}

/** The names of all services that a trace went through. */
export function servicesOf({ spans }: Trace): Set<string> {
  return new Set(spans.map(({ service }) => service));
}

function isWider(a: Trace, b: Trace): boolean {
  const difference = servicesOf(a).size - servicesOf(b).size;
  return difference === 0 ? a.spans.length > b.spans.length : difference > 0;
}
