import { ownCost } from '@otel-monitor/runtime';

/** Then other work of the process has its turn. */
const SLICE_MILLIS = 1;

type Parts<Part> = Iterator<Part | undefined, void>;

/** Takes all parts out, for 1 ms at a time. Rejects with what `take` throws. */
export async function inSlices<Part>(parts: Parts<Part>, take: (part: Part) => void): Promise<void> {
  while (!ownCost.time(() => takeUntil(parts, take, performance.now() + SLICE_MILLIS))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same for parts that are taken when there is room for them; ends early where one is not wanted: false. */
export async function inPacedSlices<Part>(parts: Parts<Part>, take: (part: Part) => Promise<boolean>): Promise<void> {
  const wanted: Part[] = [];
  let isDone = false;
  while (!isDone) {
    isDone = ownCost.time(() => takeUntil(parts, (part) => wanted.push(part), performance.now() + SLICE_MILLIS));
    for (const part of wanted.splice(0)) if (!(await take(part))) return;
    if (!isDone) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same at once, for those who cannot wait. */
export function atOnce<Part>(parts: Parts<Part>, take: (part: Part) => void): void {
  ownCost.time(() => takeUntil(parts, take, Number.POSITIVE_INFINITY));
}

/** Whether that was all. */
function takeUntil<Part>(parts: Parts<Part>, take: (part: Part) => void, end: number): boolean {
  do {
    const { done, value } = parts.next();
    if (done) return true;
    if (value) take(value);
  } while (performance.now() < end);
  return false;
}
