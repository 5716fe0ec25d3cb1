import { correlateFormatted } from './winston-line.js';

/** As much of a format as winston asks of one. */
export interface WinstonFormat {
  transform<Line>(line: Line): Line;
}

/**
 * A format for winston, to stand before the one that writes the line: `format.combine(traceFormat(), format.json())`. It takes
 * the span that is active when the line is formatted; of a line that waited for a slow transport that may be another one:
 * `correlateWinston` does not have that limit.
 */
export function traceFormat(): WinstonFormat {
  return {
    transform(line) {
      correlateFormatted(line);
      return line;
    },
  };
}
