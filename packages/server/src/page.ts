import type { ServerResponse } from 'node:http';
import type { ServerRole } from '@otel-monitor/config';

/** The part of fetch's `Headers` that is read here. */
export interface AskedHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
}

/** What a page is asked with, by a server of Node or by one that speaks fetch. */
export interface PageRequest {
  readonly method: string;
  readonly headers: AskedHeaders;
  /** What stands in the place of `:name` in the page's path. */
  readonly name: string | undefined;
  /** What stands behind the `?`, as it stands in the request; empty where there is none. */
  readonly query: string;
  /** The answer as Node has it; undefined in a server that speaks fetch. */
  readonly response: ServerResponse | undefined;
}

/** What a page answers. The headers of every answer are put in by who sends it. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: none, as for HEAD. */
  readonly body: string | ReadableStream<Uint8Array> | undefined;
}

/** Of a page that has written its answer itself. */
export const ANSWERED = 'answered';

export type Page = (request: PageRequest) => PageAnswer | typeof ANSWERED | Promise<PageAnswer | typeof ANSWERED>;

/** Adds a page for those who have at least the role. `:name` in a path, at its end, stands for any one segment. */
export type AddPage = (path: string, who: ServerRole | 'anyone', page: Page) => void;

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): PageAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function text(body: string, status = 200): PageAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=UTF-8' }, body };
}
