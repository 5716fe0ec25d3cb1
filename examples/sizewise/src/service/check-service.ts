/** How another service is, by its `/ready`. Throws where nobody answers. */
export async function checkService(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/ready`, { signal });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`/ready answered ${response.status}`);
}
