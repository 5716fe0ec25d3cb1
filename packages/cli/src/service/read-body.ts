/** The body of an answer as text; rejects when it is longer than `mostBytes`, or not whole before the signal. */
export async function readBody(response: Response, mostBytes: number, signal: AbortSignal): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  // fetch holds an answer weakly: once it is collected as garbage, its own signal ends the reading no more (Node 20)
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    signal.throwIfAborted();
    if (done) return Buffer.concat(chunks).toString('utf8');
    length += value.byteLength;
    if (length > mostBytes) {
      await reader.cancel();
      throw new Error(`the answer is longer than ${mostBytes / 1_000_000} MB`);
    }
    chunks.push(value);
  }
}
