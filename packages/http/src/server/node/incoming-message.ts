import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestFacts } from '../request-facts.js';
import { targetAuthority } from '../request-target.js';
import { rawHeader } from './raw-header.js';

/** A request of node:http as facts; read as they are asked for, since one that is not sampled asks for few. */
export class IncomingFacts implements RequestFacts {
  constructor(private readonly message: IncomingMessage) {}

  get method(): string {
    return this.message.method ?? 'GET';
  }

  get target(): string {
    return this.message.url ?? '/';
  }

  get scheme(): 'http' | 'https' {
    return (this.message.socket as { encrypted?: boolean } | undefined)?.encrypted === true ? 'https' : 'http';
  }

  get version(): string {
    return this.message.httpVersion;
  }

  get headers(): IncomingMessage['headers'] {
    return this.message.headers;
  }

  get authority(): string | undefined {
    return targetAuthority(this.target) ?? this.header('host');
  }

  get connection(): object | undefined {
    return this.message.socket;
  }

  header(name: string): string | undefined {
    return rawHeader(this.message, name);
  }

  get peerAddress(): string | undefined {
    return this.message.socket?.remoteAddress;
  }

  get peerPort(): number | undefined {
    return this.message.socket?.remotePort;
  }
}

/**
 * The status of an answer, if one was sent: before, Node says 200 whatever will come, and calls headers sent that were only
 * decided on.
 */
export function sentStatus(response: ServerResponse & { readonly _headerSent?: boolean }): number | undefined {
  return (response._headerSent ?? response.headersSent) ? response.statusCode : undefined;
}
