"""Reads what is asked for, and says what is wrong with it."""

from dataclasses import dataclass
from math import isfinite

from duct_sizing import Limits, Size

MOST_SECTIONS = 200
MOST_SIZES = 500


class BadRequest(Exception):
    """The request cannot be read; the text says which part of it."""


@dataclass(frozen=True)
class Section:
    id: str
    air_flow_m3_per_s: float


@dataclass(frozen=True)
class SizingRequest:
    sections: list[Section]
    sizes: list[Size]
    limits: Limits
    roughness_m: float


def read_request(body: object) -> SizingRequest:
    """Raises BadRequest for anything that is not a sizing request with positive, finite numbers."""
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object")
    return SizingRequest(
        sections=[_section(section) for section in _list(body, "sections", MOST_SECTIONS)],
        sizes=[_size(size) for size in _list(body, "sizes", MOST_SIZES)],
        limits=Limits(_positive(body, "frictionRatePaPerM"), _positive(body, "maxVelocityMPerS")),
        roughness_m=_positive(body, "roughnessM"),
    )


def _section(section: object) -> Section:
    if not isinstance(section, dict) or not isinstance(section.get("id"), str):
        raise BadRequest("each of sections must be an object with an id")
    return Section(section["id"], _positive(section, "airFlowM3PerS"))


def _size(size: object) -> Size:
    if not isinstance(size, dict) or size.get("shape") not in ("round", "rectangular"):
        raise BadRequest("each of sizes must be an object with the shape round or rectangular")
    for key in ["diameterM"] if size["shape"] == "round" else ["widthM", "heightM"]:
        _positive(size, key)
    return Size.from_json(size)


def _list(body: dict, key: str, most: int) -> list:
    value = body.get(key)
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise BadRequest(f"{key} must be a list of 1 to {most}")
    return value


def _positive(body: dict, key: str) -> float:
    value = body.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value <= 0:
        raise BadRequest(f"{key} must be a number above 0")
    return float(value)
