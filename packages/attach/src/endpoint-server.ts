import type { ServerConfig } from '@otel-monitor/config';
import { report } from '@otel-monitor/runtime';
import { type Endpoints, type Listening, listen } from '@otel-monitor/server';
import type { ServerStatus } from './monitoring-status.js';

/** The listening server, or why there is none; the program runs on either way. */
export class EndpointServer {
  status: ServerStatus = { state: 'off' };
  #listening: Listening | undefined;

  get url(): string | undefined {
    return this.#listening?.url;
  }

  /** Never rejects: a port that is busy, or an address that may not be served, is one clear line. */
  async start(endpoints: Endpoints, { host, port }: ServerConfig): Promise<void> {
    try {
      this.#listening = await listen(endpoints, { host, port });
      this.status = { state: 'listening', url: this.#listening.url };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.status = { state: 'failed', reason };
      report('server', `${reason}; the program runs on without /metrics and /health`);
    }
  }

  async stop(): Promise<void> {
    await this.#listening?.close().catch(() => {});
    this.#listening = undefined;
    if (this.status.state === 'listening') this.status = { state: 'off' };
  }
}
