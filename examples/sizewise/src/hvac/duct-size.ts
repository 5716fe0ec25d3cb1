/** A duct's inner cross-section. */
export type DuctSize = RoundDuct | RectangularDuct;

export interface RoundDuct {
  readonly shape: 'round';
  readonly diameterM: number;
}

export interface RectangularDuct {
  readonly shape: 'rectangular';
  readonly widthM: number;
  readonly heightM: number;
}

export type DuctShape = DuctSize['shape'];

export function crossSectionM2(size: DuctSize): number {
  return size.shape === 'round' ? (Math.PI / 4) * size.diameterM ** 2 : size.widthM * size.heightM;
}

/** The mean velocity of so much air in it. */
export function velocityMPerS(airFlowM3PerS: number, size: DuctSize): number {
  return airFlowM3PerS / crossSectionM2(size);
}

/**
 * The diameter of the round duct that loses as much pressure at the same air flow; a round duct's own. For rectangles by
 * R. G. Huebscher, 1948: 1.30 (a·b)^0.625 / (a + b)^0.25 (ASHRAE Handbook Fundamentals, chapter "Duct Design").
 */
export function equivalentDiameterM(size: DuctSize): number {
  if (size.shape === 'round') return size.diameterM;
  const { widthM, heightM } = size;
  return (1.3 * (widthM * heightM) ** 0.625) / (widthM + heightM) ** 0.25;
}

/** As it is ordered: `ø315` or `400x200`, in millimetres. */
export function sizeName(size: DuctSize): string {
  const millimetres = (metres: number) => String(Math.round(metres * 1000));
  return size.shape === 'round'
    ? `ø${millimetres(size.diameterM)}`
    : `${millimetres(size.widthM)}x${millimetres(size.heightM)}`;
}
