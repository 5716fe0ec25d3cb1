/** Headers by their names in lower case, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is known of a request when it comes in. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query, as in `/users/42?page=2`; an absolute address, or `*`, are possible. */
  readonly target: string;
  readonly scheme: 'http' | 'https';
  /** As in `1.1` or `2`; empty: unknown. */
  readonly version: string;
  /** All headers; one alone is cheaper to ask for by `header`. */
  readonly headers: RequestHeaders;
  /** What the client asked for by name, from `Host` or `:authority`. */
  readonly authority: string | undefined;
  readonly peerAddress: string | undefined;
  readonly peerPort: number | undefined;
  /** What further requests may come over; something may be kept on it for them. */
  readonly connection: object | undefined;
  /** A header by its name in lower case; of several the first. */
  header(name: string): string | undefined;
}

/** A header that may come once; of several the first. */
export function oneHeader(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}
