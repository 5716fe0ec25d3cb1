"""Passes carriers through the official propagators of Python: one JSON document on stdin, one on stdout.

`extract`: each item is {"propagator": name, "headers": {name: [values]}}; what comes out is what the context holds.
`inject`: each item is {"propagator": name, "span": {...} or null, "baggage": {...}}; what comes out are the headers.
"""
import json
import logging
import sys

from opentelemetry import baggage, trace
from opentelemetry.baggage.propagation import W3CBaggagePropagator
from opentelemetry.context import Context
from opentelemetry.propagators.b3 import B3MultiFormat, B3SingleFormat
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.trace.span import TraceState

logging.disable(logging.CRITICAL)

PROPAGATORS = {
    "tracecontext": TraceContextTextMapPropagator(),
    "baggage": W3CBaggagePropagator(),
    "b3": B3SingleFormat(),
    "b3multi": B3MultiFormat(),
}


def extract(item):
    context = PROPAGATORS[item["propagator"]].extract(item["headers"], Context())
    span = trace.get_current_span(context).get_span_context()
    described = None
    if span.is_valid:
        described = {
            "traceId": trace.format_trace_id(span.trace_id),
            "spanId": trace.format_span_id(span.span_id),
            "traceFlags": int(span.trace_flags),
            "traceState": span.trace_state.to_header(),
        }
    return {"span": described, "baggage": dict(baggage.get_all(context))}


def inject(item):
    context = Context()
    span = item.get("span")
    if span is not None:
        context = trace.set_span_in_context(
            trace.NonRecordingSpan(
                trace.SpanContext(
                    trace_id=int(span["traceId"], 16),
                    span_id=int(span["spanId"], 16),
                    is_remote=False,
                    trace_flags=trace.TraceFlags(span["traceFlags"]),
                    trace_state=TraceState([tuple(member) for member in span["traceState"]]),
                )
            ),
            context,
        )
    for name, value in item.get("baggage", {}).items():
        context = baggage.set_baggage(name, value, context)
    headers = {}
    PROPAGATORS[item["propagator"]].inject(headers, context)
    return headers


work = {"extract": extract, "inject": inject}[sys.argv[1]]
json.dump([work(item) for item in json.load(sys.stdin)], sys.stdout)
