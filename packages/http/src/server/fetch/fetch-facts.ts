import { oneHeader, type RequestFacts, type RequestHeaders } from '../request-facts.js';

/** A `Request` as facts. Of the connection behind it nothing is known. */
export class FetchFacts implements RequestFacts {
  readonly method: string;
  readonly target: string;
  readonly scheme: 'http' | 'https';
  readonly version = '';
  readonly headers: RequestHeaders;
  readonly authority: string;
  readonly peerAddress = undefined;
  readonly peerPort = undefined;
  readonly connection = undefined;

  constructor({ method, url, headers }: Request) {
    const { pathname, search, protocol, host } = new URL(url);
    this.method = method;
    this.target = pathname + search;
    this.scheme = protocol === 'https:' ? 'https' : 'http';
    this.headers = Object.fromEntries(headers);
    this.authority = this.headers.host?.toString() ?? host;
  }

  header(name: string): string | undefined {
    return oneHeader(this.headers, name);
  }
}
