/**
 * Standard air: dry, 20 °C, 101.325 kPa (ASHRAE Handbook Fundamentals, chapter "Psychrometrics"). At other altitudes and
 * temperatures ducts lose less or more; a design for those begins with other constants.
 */
export const AIR_DENSITY_KG_PER_M3 = 1.204;

/** Kinematic viscosity of standard air. */
export const AIR_KINEMATIC_VISCOSITY_M2_PER_S = 1.516e-5;

/** Heat that one kilogram takes up for each kelvin. */
export const AIR_SPECIFIC_HEAT_J_PER_KG_K = 1006;
