import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/** How another service is, by its `/readyz`. Throws where nobody answers. Makes no trace: it is asked every few seconds. */
export async function checkService(url: string, signal: AbortSignal): Promise<void> {
  const response = await context.with(suppressTracing(context.active()), () => fetch(`${url}/readyz`, { signal }));
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
}
