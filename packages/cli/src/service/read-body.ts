/** The body of an answer as text; rejects when it is longer than `mostBytes`. */
export async function readBody(response: Response, mostBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    length += value.byteLength;
    if (length > mostBytes) {
      await reader.cancel();
      throw new Error(`the answer is longer than ${mostBytes / 1_000_000} MB`);
    }
    chunks.push(value);
  }
}
