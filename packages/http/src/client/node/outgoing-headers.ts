import type { ClientRequest } from 'node:http';
import type { TraceHeaders } from '../trace-headers.js';

/** Headers of a request of node:http, while they can be set. */
export class OutgoingHeaders implements TraceHeaders {
  constructor(private readonly request: ClientRequest) {}

  values(name: string): readonly string[] {
    const value = this.request.getHeader(name);
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [String(value)];
  }

  set(name: string, value: string): void {
    if (!this.request.headersSent) this.request.setHeader(name, value);
  }

  remove(name: string): void {
    if (!this.request.headersSent) this.request.removeHeader(name);
  }
}
