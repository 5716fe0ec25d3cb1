/** Where the live line is shown: a terminal's line is rewritten in place, elsewhere a line is added now and then. */
export interface LiveStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_TO_END = '\x1b[K';
const TERMINAL_MILLIS = 500;
const ELSEWHERE_MILLIS = 5000;

/**
 * Shows a line again and again. The timer keeps no process alive, and what `line` throws ends nothing: then there is
 * no line this time.
 *
 * @param line gives the line for a width in characters
 * @returns the way to stop it; the last state is shown and the cursor goes to a line of its own
 */
export function showLive(stream: LiveStream, line: (columns?: number) => string): () => void {
  const show = () => {
    try {
      // One column stays free: a full line would make the terminal wrap. A pseudo-terminal without a size says 0 columns.
      if (stream.isTTY === true) stream.write(`\r${line((stream.columns || 80) - 1)}${CLEAR_TO_END}`);
      else stream.write(`${line()}\n`);
    } catch {
      // The figures are for the eye; the program does not depend on them.
    }
  };
  const timer = setInterval(show, stream.isTTY === true ? TERMINAL_MILLIS : ELSEWHERE_MILLIS);
  timer.unref();
  return () => {
    clearInterval(timer);
    show();
    if (stream.isTTY === true) stream.write('\n');
  };
}
