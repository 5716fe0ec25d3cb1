export class OrderError extends Error {
  override readonly name = 'OrderError';
}

/** An id that is another one in every run. */
function randomId(): string {
  return Math.random().toString(16).slice(2, 10).padStart(8, '0');
}

export async function loadOrder(customer: string): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  throw new OrderError(`order ${randomId()} of '${customer}' not found after ${1 + Math.floor(Math.random() * 90)} ms`);
}

export async function loadAll(): Promise<void> {
  await Promise.all([loadOrder('alice'), new Promise((resolve) => setTimeout(resolve, 2))]);
}

export async function shipOrder(): Promise<void> {
  try {
    await loadOrder('bob');
  } catch (error) {
    throw new Error(`shipping ${randomId()} failed`, { cause: error });
  }
}

export function parseSettings(text: string): unknown {
  return JSON.parse(text);
}

export function discount(depth: number): number {
  if (depth === 0) throw new RangeError(`no discount for level ${Math.floor(Math.random() * 1000)}`);
  return discount(depth - 1) + 1;
}

export function endless(price: number): number {
  return endless(price + 1) + 1;
}
