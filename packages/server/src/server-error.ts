/** The server may not start as it is configured; the message is one line that says what to change. */
export class ServerConfigError extends Error {
  override readonly name = 'ServerConfigError';
}

/** The server cannot listen; the message is one line that says why. */
export class ServerListenError extends Error {
  override readonly name = 'ServerListenError';

  constructor(
    message: string,
    /** The system's code, such as `EADDRINUSE`. */
    readonly code: string,
  ) {
    super(message);
  }
}
