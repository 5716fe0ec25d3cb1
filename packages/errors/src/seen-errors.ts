import { processWide } from '@otel-monitor/runtime';

/** What a constructor returns is what a class that extends it puts its fields on. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what it is for
    return object;
  }
}

/**
 * The id of an error stands in a private field on the error itself. Nobody else can see it, no trap of a proxy is called, and
 * a frozen object takes it as well. A WeakMap of as many errors as a storm has costs ten times as much: it grows, and is walked
 * through with every collection of garbage.
 */
class SeenError extends Given {
  readonly #id: string;

  constructor(error: object, id: string) {
    super(error);
    this.#id = id;
  }

  static idOf(error: object): string | undefined {
    return #id in error ? error.#id : undefined;
  }
}

/** Every monitor of the process sees the same. */
const seen = processWide('seen-error-ids', () => {
  /** For what takes no field. */
  const others = new WeakMap<object, string>();
  return {
    idOf: (error: object): string | undefined => SeenError.idOf(error) ?? others.get(error),
    mark: (error: object, id: string): void => {
      try {
        new SeenError(error, id);
      } catch {
        others.set(error, id);
      }
    },
  };
});

/** The id under which this very object was counted before. */
export function seenId(error: unknown): string | undefined {
  return isHoldable(error) ? seen.idOf(error) : undefined;
}

/** Remembers an error object; a thrown string or number has no identity to remember. */
export function markSeen(error: unknown, id: string): void {
  if (isHoldable(error)) seen.mark(error, id);
}

function isHoldable(error: unknown): error is object {
  return (typeof error === 'object' && error !== null) || typeof error === 'function';
}
