/** What is known of a request before it is sent. */
export interface CallFacts {
  /** In capitals, unless it is none of the known ones. */
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Host without a port. */
  readonly address: string;
  readonly port: number;
  /** Path and query. */
  readonly target: string;
}

/** The facts of a request to an absolute address. Throws on any other. */
export function factsOf(method: string, url: URL): CallFacts {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    method: method.toUpperCase(),
    scheme,
    address: url.hostname,
    port: url.port === '' ? defaultPort(scheme) : Number(url.port),
    target: url.pathname + url.search,
  };
}

/** The port that an address means which names none. */
export function defaultPort(scheme: 'http' | 'https'): number {
  return scheme === 'https' ? 443 : 80;
}
