"""The official OpenTelemetry SDK, set up from the environment: OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT and its like."""

import os

from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.json.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


class Telemetry:
    """The providers of this process. Nothing is pushed where no endpoint is set; then spans still pass their trace on."""

    def __init__(self) -> None:
        pushes = bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
        self._tracers = TracerProvider()
        if pushes:
            self._tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        readers = [PeriodicExportingMetricReader(OTLPMetricExporter())] if pushes else []
        self._meters = MeterProvider(metric_readers=readers)
        trace.set_tracer_provider(self._tracers)
        metrics.set_meter_provider(self._meters)

    def end(self) -> None:
        """Sends what still waits."""
        self._tracers.shutdown()
        self._meters.shutdown()
