/** Scales up to this have a table: 256 bounds, 3 KB. Values that are more than a factor of 1.5 apart are at such a scale. */
export const MAX_TABLE_SCALE = 8;
const SIGNIFICAND_BITS = 20;

/** The bounds of the buckets between 1 and 2 as bits, so that one is found without a logarithm. */
export interface SignificandTable {
  /** By the first `scale` + 1 bits of the significand: its lowest bucket. A second one at most begins among them. */
  readonly first: Uint16Array;
  /** Upper bounds, the upper 20 bits of their significands. */
  readonly high: Uint32Array;
  /** The lower 32 bits. */
  readonly low: Uint32Array;
}

const tables: SignificandTable[] = [];

/** The table of a scale from 1 to `MAX_TABLE_SCALE`, made when it is first asked for. */
export function significandTable(scale: number): SignificandTable {
  tables[scale] ??= makeTable(2 ** scale);
  return tables[scale];
}

function makeTable(buckets: number): SignificandTable {
  const slices = 2 * buckets;
  const table = {
    first: new Uint16Array(slices),
    high: new Uint32Array(buckets),
    low: new Uint32Array(buckets),
  };
  const bits = new DataView(new ArrayBuffer(8));
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    bits.setFloat64(0, 2 ** ((bucket + 1) / buckets));
    table.high[bucket] = bits.getUint32(0) & (2 ** SIGNIFICAND_BITS - 1);
    table.low[bucket] = bits.getUint32(4);
  }
  // the last bound is 2, which no significand reaches
  table.high[buckets - 1] = 2 ** SIGNIFICAND_BITS;
  for (let slice = 0; slice < slices; slice += 1) {
    table.first[slice] = Math.floor(Math.log2(1 + slice / slices) * buckets);
  }
  return table;
}
