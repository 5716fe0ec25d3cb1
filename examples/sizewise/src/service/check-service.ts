/** How another service is, by its `/readyz`. Throws where nobody answers. */
export async function checkService(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/readyz`, { signal });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
}
