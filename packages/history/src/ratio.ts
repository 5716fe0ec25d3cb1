/** A share as a field of that name, or no field where there is nothing to take a share of. */
export function ratio<K extends string>(field: K, part: number, whole: number): { [F in K]?: number } {
  return whole > 0 ? ({ [field]: part / whole } as { [F in K]?: number }) : {};
}
