import { activeTraceFields, saysTrace, type TraceFields } from './trace-fields.js';

/** As much of a pino logger as is asked. */
interface LoggerWithBindings {
  bindings?(): object;
}

/** Under which key of its own pino keeps the text of a logger's bindings. */
const BINDINGS_TEXT = 'pino.chindings';
let bindingsKey: symbol | undefined;
/** What stands in that text, at whatever depth, where the bindings may say something of a trace. */
const MAY_SAY_TRACE = /"(?:trace_id|span_id|trace_flags)":/;

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
    if (typeof logger?.bindings !== 'function') return false;
    // to read the bindings is as dear as the line itself: their text tells most loggers that have nothing of the kind
    const text = bindingsText(logger);
    return (text === undefined || MAY_SAY_TRACE.test(text)) && saysTrace(logger.bindings());
  } catch {
    // bindings under a nested key cannot be read back, and are not at the top of the line
    return false;
  }
}

function bindingsText(logger: object): string | undefined {
  const known = textUnder(logger, bindingsKey);
  if (known !== undefined) return known;
  bindingsKey = Object.getOwnPropertySymbols(logger).find(({ description }) => description === BINDINGS_TEXT);
  return textUnder(logger, bindingsKey);
}

function textUnder(logger: object, key: symbol | undefined): string | undefined {
  const text = key === undefined ? undefined : (logger as Record<symbol, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}
