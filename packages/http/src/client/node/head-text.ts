import type { ClientRequest } from 'node:http';
import { literal, type TraceHeaders } from '../trace-headers.js';

/** What Node keeps of a request's head between making it and sending it. */
export type MadeRequest = ClientRequest & { _header?: string | null; _headerSent?: boolean };

/**
 * The head of a request of node:http that is made and not sent yet, as text. Versions of Node that do not tell of requests
 * in time let others write headers as the head is made (Sentry does): what they have written is seen here alone.
 */
export class HeadText implements TraceHeaders {
  constructor(private readonly request: MadeRequest) {}

  values(name: string): readonly string[] {
    return [...(this.request._header ?? '').matchAll(line(name))].map(([, value]) => value ?? '');
  }

  set(name: string, value: string): void {
    this.remove(name);
    const { _header: head, _headerSent: isSent } = this.request;
    // what would break the head apart does not get in
    if (isSent || !head?.endsWith('\r\n\r\n') || !/^[\t\x20-\x7e]*$/.test(value)) return;
    this.request._header = `${head.slice(0, -2)}${name}: ${value}\r\n\r\n`;
  }

  remove(name: string): void {
    const { _header: head, _headerSent: isSent } = this.request;
    if (!isSent && head) this.request._header = head.replace(line(name), '');
  }
}

/** A line of the head with what ends the line before it. */
function line(name: string): RegExp {
  return new RegExp(`\\r\\n${literal(name)}:[ \\t]*([^\\r\\n]*)(?=\\r\\n)`, 'gi');
}
