/** Below this Reynolds number the flow is laminar. */
const LAMINAR_REYNOLDS = 2300;
/** The fixed point is reached to the last bit or two in fewer; the bound is for numbers that are none. */
const MOST_ITERATIONS = 60;

/**
 * Darcy's friction factor of a round duct, without a unit. Laminar: 64 / Re. Else the equation of C. F. Colebrook, 1939:
 * 1/√f = -2 log10(ε / 3.7 D + 2.51 / (Re √f)), solved by repeating it on x = 1/√f, where every step brings the error
 * down to less than a tenth. Between laminar and turbulent nothing is certain; Colebrook is on the safe side.
 *
 * @param reynolds velocity × diameter / kinematic viscosity, above 0
 * @param relativeRoughness height of the wall's roughness / diameter
 */
export function frictionFactor(reynolds: number, relativeRoughness: number): number {
  if (reynolds < LAMINAR_REYNOLDS) return 64 / reynolds;
  let x = 7;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const next = -2 * Math.log10(relativeRoughness / 3.7 + (2.51 * x) / reynolds);
    if (Math.abs(next - x) <= 1e-14 * next) return 1 / next ** 2;
    x = next;
  }
  return 1 / x ** 2;
}
