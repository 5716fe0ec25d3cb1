/** Why an export failed. The name is a bounded word for `error.type`: an HTTP status, a system code or `timeout`. */
export class ExportError extends Error {
  override readonly name: string;

  constructor(
    type: string,
    message: string,
    /** The server's HTTP status, if it gave one. */
    readonly statusCode?: number,
  ) {
    super(message);
    this.name = type;
    // it is made for every failed export and nobody reads where
    this.stack = undefined;
  }
}
