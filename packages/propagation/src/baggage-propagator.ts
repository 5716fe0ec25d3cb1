import {
  type Context,
  propagation,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { readBaggage, writeBaggage } from './baggage-string.js';
import { joinedValue } from './carrier.js';
import { isTracingSuppressed } from './suppressed-tracing.js';

const BAGGAGE = 'baggage';

/** W3C Baggage (https://www.w3.org/TR/baggage/). Total: neither carriers nor their getters and setters can make it throw. */
export class BaggagePropagator implements TextMapPropagator {
  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    try {
      const baggage = propagation.getBaggage(context);
      if (baggage === undefined || isTracingSuppressed(context)) return;
      const { carried, dropped } = writeBaggage(baggage);
      runtimeState.droppedHeaders += dropped;
      if (carried !== '') setter.set(carrier, BAGGAGE, carried);
    } catch {
      runtimeState.droppedHeaders += 1;
    }
  }

  /** `context` as it is when there is no header, or no member of it that is valid. */
  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    try {
      const header = joinedValue(carrier, getter, BAGGAGE);
      if (header === undefined) return context;
      const { carried, count, dropped } = readBaggage(header);
      runtimeState.droppedHeaders += dropped;
      if (count === 0) return context;
      return propagation.setBaggage(context, propagation.createBaggage(carried));
    } catch {
      runtimeState.droppedHeaders += 1;
      return context;
    }
  }

  fields(): string[] {
    return [BAGGAGE];
  }
}
