"""Reads a page on stdin with prometheus-client's parser for the format named by the argument; writes what it saw as JSON."""
import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

page = sys.stdin.buffer.read().decode("utf-8")
parse = parse_openmetrics if sys.argv[1] == "openmetrics" else parse_text


def exemplar(given):
    if given is None:
        return None
    return {"labels": given.labels, "value": repr(given.value), "seconds": repr(float(given.timestamp))}


json.dump(
    [
        {
            "name": family.name,
            "type": family.type,
            "help": family.documentation,
            "unit": family.unit,
            "samples": [
                {"name": s.name, "labels": s.labels, "value": repr(float(s.value)), "exemplar": exemplar(s.exemplar)}
                for s in family.samples
            ],
        }
        for family in parse(page)
    ],
    sys.stdout,
)
