interface Told {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: Told;
  readonly errors?: readonly Told[];
}

/** Runs what fails, one after another, and tells each error as a line of JSON; in a browser as text of the page. */
export async function reportAll(faults: readonly (readonly [fault: string, run: () => unknown])[]): Promise<void> {
  for (const [fault, run] of faults) {
    try {
      await run();
    } catch (error) {
      const line = `@@${JSON.stringify({ fault, ...told(error) })}`;
      const page = (globalThis as { document?: { body: { append(text: string): void } } }).document;
      if (page === undefined) console.log(line);
      else page.body.append(`${line}\n`);
    }
  }
}

function told(error: unknown): Told {
  const { name, message, code, stack, cause, errors } = error as Error & { code?: string; errors?: unknown[] };
  return {
    type: name ?? 'Object',
    message: message ?? '',
    ...(typeof code === 'string' ? { code } : {}),
    stack: String(stack ?? ''),
    ...(cause === undefined ? {} : { cause: told(cause) }),
    ...(errors === undefined ? {} : { errors: errors.map(told) }),
  };
}
