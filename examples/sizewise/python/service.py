"""The duct-sizing service: POST /duct-sizing gives every section of a network the smallest size that may carry its air.

Listens on PORT of the loopback interface (0, the default: any free one) and says where. Ends on SIGTERM and SIGINT, and
with its standard input where SIZEWISE_END_WITH_STDIN is 1.
"""

import os
import signal
import sys
import threading
from http.server import ThreadingHTTPServer

from opentelemetry import trace

from duct_sizing import NoSizeFits, smallest_size
from sizing_request import BadRequest, SizingRequest, read_request
from telemetry import Telemetry
from traced_handler import Answer, TracedHandler, failure, tracer


def size_ducts(body: object) -> Answer:
    try:
        request = read_request(body)
    except BadRequest as error:
        return 400, failure("bad_request", str(error))
    try:
        return 200, {"sections": _size_sections(request)}
    except NoSizeFits as error:
        # the design cannot be built: the caller's matter, and none that this service failed at
        trace.get_current_span().add_event("no_size_fits", {"sizewise.reason": str(error)})
        return 422, failure("no_size_fits", str(error))


def _size_sections(request: SizingRequest) -> list[dict]:
    with tracer.start_as_current_span(
        "size_sections",
        attributes={"sizewise.sections": len(request.sections), "sizewise.sizes": len(request.sizes)},
        record_exception=False,
        set_status_on_exception=False,
    ):
        sized = []
        for section in request.sections:
            found = smallest_size(section.air_flow_m3_per_s, request.sizes, request.limits, request.roughness_m)
            sized.append(
                {
                    "id": section.id,
                    "size": found.size.to_json(),
                    "velocityMPerS": found.velocity_m_per_s,
                    "frictionRatePaPerM": found.friction_rate_pa_per_m,
                }
            )
        return sized


class Handler(TracedHandler):
    routes = {
        ("POST", "/duct-sizing"): size_ducts,
        ("GET", "/readyz"): lambda _: (200, {"status": "ready"}),
    }


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        # callers that go away, with their connections open, are no error of this service
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main() -> None:
    telemetry = Telemetry()
    server = Server(("127.0.0.1", int(os.environ.get("PORT", "0"))), Handler)

    def end(*_: object) -> None:
        # from another thread: shutdown() waits for the loop that this one may be in
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if os.environ.get("SIZEWISE_END_WITH_STDIN") == "1":
        threading.Thread(target=lambda: (_read_to_end(), end()), daemon=True).start()
    print(f"listening http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    telemetry.end()


def _read_to_end() -> None:
    # not sys.stdin: its lock would be held by this thread when the interpreter ends
    while os.read(0, 4096):
        pass


if __name__ == "__main__":
    main()
