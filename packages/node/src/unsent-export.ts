/** A request that was written but not sent: what the process still held when it ended. */
export interface UnsentExport {
  readonly signal: 'traces' | 'metrics' | 'logs';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** OTLP, uncompressed. */
  readonly body: Uint8Array;
}
