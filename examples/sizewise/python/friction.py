"""What a metre of duct costs in pressure: Darcy-Weisbach with the friction factor of Colebrook. Units are in the names."""

from math import log10, pi

# Standard air: dry, 20 °C, 101.325 kPa (ASHRAE Handbook Fundamentals).
AIR_DENSITY_KG_PER_M3 = 1.204
AIR_KINEMATIC_VISCOSITY_M2_PER_S = 1.516e-5

LAMINAR_REYNOLDS = 2300
MOST_ITERATIONS = 60


def friction_factor(reynolds: float, relative_roughness: float) -> float:
    """Darcy's friction factor: 64 / Re where the flow is laminar, else Colebrook's, by repeating it on 1/sqrt(f)."""
    if reynolds < LAMINAR_REYNOLDS:
        return 64 / reynolds
    x = 7.0
    for _ in range(MOST_ITERATIONS):
        following = -2 * log10(relative_roughness / 3.7 + 2.51 * x / reynolds)
        if abs(following - x) <= 1e-14 * following:
            return 1 / following**2
        x = following
    return 1 / x**2


def friction_rate_pa_per_m(air_flow_m3_per_s: float, diameter_m: float, roughness_m: float) -> float:
    """The pressure that a metre of straight round duct costs: f / D * density * v^2 / 2."""
    velocity_m_per_s = air_flow_m3_per_s / (pi / 4 * diameter_m**2)
    reynolds = velocity_m_per_s * diameter_m / AIR_KINEMATIC_VISCOSITY_M2_PER_S
    factor = friction_factor(reynolds, roughness_m / diameter_m)
    return factor / diameter_m * AIR_DENSITY_KG_PER_M3 / 2 * velocity_m_per_s**2
