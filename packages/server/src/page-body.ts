import type { PageSlices } from './page-slices.js';
import type { Turns } from './turns.js';

/** A page as the body of a `Response`, for servers that speak fetch: a slice whenever one is asked for. */
export function pageBody(page: PageSlices, turns: Turns): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        await turns.next();
        const { chunk, isLast } = page.next();
        if (isLast) return controller.close();
        if (chunk !== undefined) return controller.enqueue(chunk);
      }
    },
    cancel: () => page.abandon(),
  });
}
