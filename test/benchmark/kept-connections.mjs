import { connect } from 'node:net';

/** How an answer begins and ends: one is under way at a time on each connection. */
const STATUS = 'HTTP/1.1 200 OK\r\n';
const BODY = '{"ok":true}';

/**
 * Requests to a service on loopback over connections that stay open, from the outside and by as little code as can be: the
 * client shares the machine with the service. A request waits when all connections are busy.
 */
export class KeptConnections {
  /** Requests that got another answer than 200, or none. */
  failed = 0;
  #request;
  #idle = [];
  /** When each request that waits for a connection was asked for. */
  #waiting = [];
  #open = new Set();
  #isClosed = false;
  #opened = () => {};
  /** Resolves when all connections are open. */
  opened = new Promise((resolve) => {
    this.#opened = resolve;
  });

  /**
   * @param {number} port
   * @param {{ count: number, path?: string, answered: (millis: number) => void }} options `answered` is told, for each
   *   request, how long its answer took from when it was asked for; also of one that failed
   */
  constructor(port, { count, path = '/', answered }) {
    this.port = port;
    this.answered = answered;
    this.#request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: load/1.0\r\n\r\n`);
    this.count = count;
    for (let i = 0; i < count; i += 1) this.#connect();
  }

  /** Sends a request now, or as soon as a connection is free. */
  ask() {
    this.#waiting.push(performance.now());
    this.#next();
  }

  #next() {
    while (this.#idle.length > 0 && this.#waiting.length > 0) this.#idle.pop()(this.#waiting.shift());
  }

  /** Takes no more requests. */
  close() {
    this.#isClosed = true;
    for (const socket of this.#open) socket.destroy();
  }

  #connect() {
    let askedAt;
    let answer = '';
    const socket = connect(this.port, '127.0.0.1').setNoDelay();
    this.#open.add(socket);
    const send = (since) => {
      askedAt = since;
      socket.write(this.#request);
    };
    const settle = () => {
      const millis = performance.now() - askedAt;
      askedAt = undefined;
      answer = '';
      this.answered(millis);
    };
    socket.on('connect', () => {
      this.#idle.push(send);
      if (this.#idle.length === this.count) this.#opened();
      this.#next();
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (!answer.endsWith(BODY)) return;
      if (!answer.startsWith(STATUS)) this.failed += 1;
      settle();
      this.#idle.push(send);
      this.#next();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#open.delete(socket);
      if (this.#isClosed) return;
      this.#idle = this.#idle.filter((each) => each !== send);
      if (askedAt !== undefined) {
        this.failed += 1;
        settle();
      }
      // a service that is gone is asked again, not at once
      setTimeout(() => this.#connect(), 10).unref();
    });
  }
}
