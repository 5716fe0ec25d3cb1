/** What a visitor will do: all of it is known, so that what is counted can be compared with it. */
export interface Visitor {
  readonly id: string;
  /** Pictures that are PNG files already need no conversion. */
  readonly needsConversion: boolean;
  /** Loses patience and goes while the old uploader works. */
  readonly isImpatient: boolean;
  /** Whose connection breaks, which the old uploader does not survive. */
  readonly hasBadConnection: boolean;
  /** Whose picture cannot be converted. */
  readonly hasOddPicture: boolean;
  /** How often they look at the gallery afterwards. */
  readonly looks: number;
}

/** Forty of them. */
export const VISITORS: readonly Visitor[] = Array.from({ length: 40 }, (_, number) => ({
  id: `visitor-${number}`,
  needsConversion: number % 4 !== 3,
  isImpatient: number % 10 === 1,
  hasBadConnection: number % 10 < 4 && number % 10 > 1,
  hasOddPicture: number % 20 === 4,
  looks: number % 3,
}));
