"""Reads OTLP requests, a line of base64 each on stdin, with the classes generated for Python; writes them as JSON."""
import base64
import json
import sys

from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

request = {"traces": ExportTraceServiceRequest, "logs": ExportLogsServiceRequest}[sys.argv[1]]


def has_unknown_fields(message):
    rest = message.SerializeToString(deterministic=True)
    message.DiscardUnknownFields()
    return message.SerializeToString(deterministic=True) != rest


read = []
for line in sys.stdin:
    message = request.FromString(base64.b64decode(line))
    if has_unknown_fields(message):
        sys.exit("a field that the protocol does not have")
    read.append(MessageToDict(message))
json.dump(read, sys.stdout)
