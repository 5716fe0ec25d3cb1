/** Raised when the files change their form; files of a later form are left to the release that wrote them. */
const FORMAT = 1;

/** The first line of every file. */
export interface FileHeader {
  readonly format: typeof FORMAT;
  /** Name of the DurableState. */
  readonly state: string;
  /** Version of its values. */
  readonly version: number;
  /** The book that the file belongs to. */
  readonly book: string;
  /** Books whose content is in this file too: they are not to be counted again. */
  readonly includes: readonly string[];
}

export function makeHeader(state: string, version: number, book: string, includes: readonly string[]): FileHeader {
  return { format: FORMAT, state, version, book, includes };
}

/** The header that a first line holds; undefined: it is none, or of another state or book. */
export function asHeader(record: unknown, state: string, book: string): FileHeader | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const header = record as Partial<FileHeader>;
  const { format, version, includes } = header;
  if (format !== FORMAT || header.state !== state || header.book !== book) return undefined;
  if (typeof version !== 'number' || !Array.isArray(includes)) return undefined;
  return includes.every((id) => typeof id === 'string') ? (header as FileHeader) : undefined;
}

/** Whether a first line is that of a later form. */
export function isOfLaterFormat(record: unknown): boolean {
  const format = (record as { format?: unknown } | null)?.format;
  return typeof format === 'number' && format > FORMAT;
}
