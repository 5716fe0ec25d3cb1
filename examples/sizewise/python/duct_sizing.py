"""Equal friction: every section gets the smallest size whose friction rate and velocity stay within what is asked for."""

from dataclasses import dataclass
from math import pi

from friction import friction_rate_pa_per_m


class NoSizeFits(Exception):
    """No size on offer carries the air within the friction rate and the velocity that were asked for."""


@dataclass(frozen=True)
class Size:
    """A duct on offer; round where only a diameter is given."""

    width_m: float
    height_m: float
    is_round: bool

    @staticmethod
    def from_json(size: dict) -> "Size":
        if size["shape"] == "round":
            return Size(size["diameterM"], size["diameterM"], True)
        return Size(size["widthM"], size["heightM"], False)

    def to_json(self) -> dict:
        if self.is_round:
            return {"shape": "round", "diameterM": self.width_m}
        return {"shape": "rectangular", "widthM": self.width_m, "heightM": self.height_m}

    @property
    def area_m2(self) -> float:
        return pi / 4 * self.width_m**2 if self.is_round else self.width_m * self.height_m

    @property
    def equivalent_diameter_m(self) -> float:
        """Of the round duct that loses as much at the same air flow; for rectangles after Huebscher, 1948."""
        if self.is_round:
            return self.width_m
        return 1.3 * (self.width_m * self.height_m) ** 0.625 / (self.width_m + self.height_m) ** 0.25


@dataclass(frozen=True)
class Limits:
    """What a section may cost: pressure for each metre of it, and noise, which comes with velocity."""

    friction_rate_pa_per_m: float
    velocity_m_per_s: float


@dataclass(frozen=True)
class SizedSection:
    size: Size
    velocity_m_per_s: float
    friction_rate_pa_per_m: float


def smallest_size(air_flow_m3_per_s: float, sizes: list[Size], limits: Limits, roughness_m: float) -> SizedSection:
    """The size with the least area that stays within the limits.

    Raises NoSizeFits where even the largest does not.
    """
    for size in sorted(sizes, key=lambda each: each.area_m2):
        velocity = air_flow_m3_per_s / size.area_m2
        rate = friction_rate_pa_per_m(air_flow_m3_per_s, size.equivalent_diameter_m, roughness_m)
        if velocity <= limits.velocity_m_per_s and rate <= limits.friction_rate_pa_per_m:
            return SizedSection(size, velocity, rate)
    raise NoSizeFits(
        f"none of {len(sizes)} sizes carries {air_flow_m3_per_s:.3f} m3/s within "
        f"{limits.friction_rate_pa_per_m:g} Pa/m and {limits.velocity_m_per_s:g} m/s"
    )
