"""A service in Python with the official OpenTelemetry SDK: spans by hand, context by the global propagators.

Serves `/work?next=URL` on a free port: answers with what it got, and with what the next service answered when there is one.
Exports each span as it ends to OTEL_EXPORTER_OTLP_ENDPOINT. Prints `ready PORT`.
"""
import json
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from opentelemetry import baggage, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("python-service")


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlsplit(self.path)
        following = parse_qs(url.query).get("next", [None])[0]
        context = propagate.extract(dict(self.headers.items()), getter=Headers())
        with tracer.start_as_current_span(f"GET {url.path}", context, kind=trace.SpanKind.SERVER):
            answer = {
                "baggage": dict(baggage.get_all(context)),
                "traceparent": self.headers.get("traceparent"),
                "tracestate": self.headers.get("tracestate"),
                "b3": self.headers.get("b3"),
                "next": None if following is None else call(following, context),
            }
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Headers:
    """Names of headers in whatever case they came."""

    def get(self, carrier, key):
        return [value for name, value in carrier.items() if name.lower() == key] or None

    def keys(self, carrier):
        return list(carrier)


def call(url, context):
    with tracer.start_as_current_span("GET", kind=trace.SpanKind.CLIENT) as span:
        headers = {}
        propagate.inject(headers, trace.set_span_in_context(span, context))
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as response:
            return json.load(response)


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
print(f"ready {server.server_address[1]}", flush=True)
server.serve_forever()
