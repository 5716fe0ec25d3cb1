/** How runs went. Those that are neither completed nor failed nor abandoned are in progress, or were interrupted. */
export interface Outcomes {
  started: number;
  completed: number;
  failed: number;
  abandoned: number;
}

/** How a run can end, as far as is known. */
export type Ending = 'completed' | 'failed' | 'abandoned';

export function noOutcomes(): Outcomes {
  return { started: 0, completed: 0, failed: 0, abandoned: 0 };
}

export function addOutcomes(to: Outcomes, other: Outcomes): void {
  to.started += other.started;
  to.completed += other.completed;
  to.failed += other.failed;
  to.abandoned += other.abandoned;
}

/** As JSON holds them. */
export function outcomesValue({ started, completed, failed, abandoned }: Outcomes): readonly number[] {
  return [started, completed, failed, abandoned];
}

/** Undefined when it is no such thing, or when more runs ended than started. */
export function readOutcomes(value: unknown): Outcomes | undefined {
  const counts = readCounts(value, 4);
  if (counts === undefined) return undefined;
  const [started = 0, completed = 0, failed = 0, abandoned = 0] = counts;
  return completed + failed + abandoned > started ? undefined : { started, completed, failed, abandoned };
}

/** A list of that many counts; undefined when it is no such thing. */
export function readCounts(value: unknown, length: number): readonly number[] | undefined {
  if (!Array.isArray(value) || value.length !== length) return undefined;
  return value.every((count) => Number.isSafeInteger(count) && count >= 0) ? value : undefined;
}
