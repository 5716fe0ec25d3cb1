import { activeTraceFields, saysTrace, type TraceFields } from './trace-fields.js';

/** As much of a pino logger as is asked. */
interface LoggerWithBindings {
  bindings?(): object;
}

/** Loggers whose bindings say something of a trace. A logger's bindings are text of its own, which is dear to read. */
const bindsTrace = new WeakMap<object, boolean>();

/**
 * A mixin for pino, `pino({ mixin: traceFields })`: the fields of the active span, and none outside a span, or where the
 * line or the bindings of its logger say something of a trace themselves. Never throws.
 */
export function traceFields(line?: object, _level?: number, logger?: LoggerWithBindings): Partial<TraceFields> {
  const fields = activeTraceFields();
  // pino writes into what a mixin gives: always an object of its own
  return fields === undefined || saysOwnTrace(line, logger) ? {} : fields;
}

function saysOwnTrace(line: object | undefined, logger: LoggerWithBindings | undefined): boolean {
  try {
    if (typeof line === 'object' && line !== null && saysTrace(line)) return true;
    if (typeof logger !== 'object' || logger === null) return false;
    let known = bindsTrace.get(logger);
    if (known === undefined) {
      known = bindingsSayTrace(logger);
      bindsTrace.set(logger, known);
    }
    return known;
  } catch {
    return false;
  }
}

function bindingsSayTrace(logger: LoggerWithBindings): boolean {
  try {
    return typeof logger.bindings === 'function' && saysTrace(logger.bindings());
  } catch {
    // bindings under a nested key cannot be read back, and are not at the top of the line
    return false;
  }
}
