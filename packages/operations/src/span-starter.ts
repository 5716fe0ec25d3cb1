import { type Context, type Link, type Span, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import {
  type OperationKind,
  type OperationTracer,
  runtimeState,
  type Scope,
  type SpanSource,
} from '@otel-monitor/runtime';

/** Where one scope's operations get their spans: from the span source of the process, or from the API's tracer. */
export class SpanStarter {
  #source: SpanSource | undefined;
  #ownTracer: OperationTracer | undefined;
  #provider: TracerProvider | undefined;
  #tracer: Tracer | undefined;

  constructor(private readonly scope: Scope) {}

  /** The tracer of our own spans; undefined where somebody else, or nobody, makes spans. */
  get own(): OperationTracer | undefined {
    const source = runtimeState.spanSource;
    if (source !== this.#source) {
      this.#source = source;
      this.#ownTracer = source?.tracer(this.scope);
    }
    return this.#ownTracer;
  }

  /** Starts a span through the API; a tracer is kept until another provider is registered. */
  startThroughApi({ name, attributes, spanKind }: OperationKind, parent: Context, links?: readonly Link[]): Span {
    const provider = trace.getTracerProvider();
    if (this.#tracer === undefined || provider !== this.#provider) {
      this.#provider = provider;
      this.#tracer = provider.getTracer(this.scope.name, this.scope.version);
    }
    // they are shared with the metric, and tracers of vendors write into what they are given
    const options = {
      attributes: { ...attributes },
      ...(spanKind !== undefined && { kind: spanKind }),
      ...(links !== undefined && { links: [...links] }),
    };
    return this.#tracer.startSpan(name, options, parent);
  }
}
