/** Why a sheet cannot be extracted. Few and fixed, so that it may become a metric's attribute. */
export type ExtractionCode = 'TILE_OUT_OF_RANGE' | 'CHECKSUM_MISMATCH' | 'PALETTE_OUT_OF_RANGE' | 'BAD_DIMENSIONS';

/** A sheet that the ROM's directory names but that cannot be taken out of it. */
export class ExtractionError extends Error {
  override readonly name = 'ExtractionError';
  readonly code: ExtractionCode;

  constructor(code: ExtractionCode, message: string) {
    super(message);
    this.code = code;
  }
}
