/** A share as a field of that name, 1 at most since users are estimates; no field where there is nothing to take a share of. */
export function share<K extends string>(field: K, part: number, whole: number): { readonly [F in K]?: number } {
  return whole > 0 ? ({ [field]: Math.min(1, part / whole) } as { [F in K]?: number }) : {};
}

/** By how much something has grown, 0.25 for a quarter; no field where there was nothing before. */
export function change<K extends string>(field: K, now: number, before: number): { readonly [F in K]?: number } {
  return before > 0 ? ({ [field]: now / before - 1 } as { [F in K]?: number }) : {};
}
