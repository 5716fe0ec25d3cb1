"""A request as one server span and one measured duration, by the semantic conventions of OpenTelemetry for HTTP."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from time import perf_counter

from opentelemetry import metrics, propagate, trace
from opentelemetry.trace import Span, SpanKind, StatusCode

Answer = tuple[int, dict]
MOST_BODY_BYTES = 1_000_000
# The boundaries that the conventions advise for durations in seconds.
BOUNDARIES_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

tracer = trace.get_tracer("sizewise.duct_sizing", "1.0.0")
durations = metrics.get_meter("sizewise.duct_sizing", "1.0.0").create_histogram(
    "http.server.request.duration",
    unit="s",
    description="Duration of HTTP server requests.",
    explicit_bucket_boundaries_advisory=BOUNDARIES_S,
)


class TracedHandler(BaseHTTPRequestHandler):
    """Routes a request by method and path to a function of the body; what it raises is answered with 500."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "duct-sizing"
    sys_version = ""
    routes: dict[tuple[str, str], Callable[[object], Answer]] = {}

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are spans; a line for each would say the same again."""

    def _handle(self) -> None:
        path = self.path.split("?", 1)[0]
        route = self.routes.get((self.command, path))
        if path == "/readyz" and route is not None:
            # asked every few seconds by whoever depends on this service: no span
            self._send(*route(None))
            return
        started = perf_counter()
        attributes = {"http.request.method": self.command, "url.scheme": "http"}
        if route is not None:
            attributes["http.route"] = path
        # an exception of the handler is recorded by _answer, with the status that it is answered with
        with tracer.start_as_current_span(
            f"{self.command} {path}" if route is not None else self.command,
            context=propagate.extract({name.lower(): value for name, value in self.headers.items()}),
            kind=SpanKind.SERVER,
            attributes={**attributes, "url.path": path, "server.port": self.server.server_port},
        ) as span:
            status, answer = self._answer(route, span)
            span.set_attribute("http.response.status_code", status)
            measured = {**attributes, "http.response.status_code": status}
            if status >= 500:
                span.set_status(StatusCode.ERROR)
                span.set_attribute("error.type", answer["error"]["code"])
                measured["error.type"] = answer["error"]["code"]
            # measured and ended before the caller has the answer: its span is then never shorter than this one
            durations.record(perf_counter() - started, measured)
        self._send(status, answer)

    def _answer(self, route: Callable[[object], Answer] | None, span: Span) -> Answer:
        length = self.headers.get("content-length") or "0"
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            self.close_connection = True
            return 413, failure("too_large", f"the body may have {MOST_BODY_BYTES} bytes")
        content = self.rfile.read(int(length))
        if route is None:
            return 404, failure("not_found", "there is no such route")
        try:
            return route(json.loads(content) if content else None)
        except ValueError as error:
            return 400, failure("bad_json", str(error))
        except Exception as error:
            span.record_exception(error)
            return 500, failure(type(error).__name__, "the service failed")

    def _send(self, status: int, answer: dict) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def failure(code: str, message: str) -> dict:
    """The answer of every failed request."""
    return {"error": {"code": code, "message": message}}
