import { processWide } from './registry.js';

/** At most one line a topic in this time; what was held back is counted in the next line. */
const QUIET_MILLIS = 60_000;
const MAX_TOPICS = 100;

interface Topic {
  last: number;
  held: number;
}

interface Reporter {
  write: (line: string) => void;
  now: () => number;
  topics: Map<string, Topic>;
}

const reporter: Reporter = processWide('reporter', () => ({
  write: (line) => process.stderr.write(line),
  now: () => Date.now(),
  topics: new Map(),
}));

/**
 * Says one line on stderr, at most once a minute for each topic. Never throws.
 *
 * @param topic a fixed word for the kind of message; not text of the user
 */
export function report(topic: string, message: string): void {
  try {
    const now = reporter.now();
    let known = reporter.topics.get(topic);
    if (known === undefined) {
      if (reporter.topics.size >= MAX_TOPICS) return;
      known = { last: Number.NEGATIVE_INFINITY, held: 0 };
      reporter.topics.set(topic, known);
    }
    if (now - known.last < QUIET_MILLIS) {
      known.held += 1;
      return;
    }
    const held = known.held === 0 ? '' : ` (and ${known.held} more like it)`;
    known.last = now;
    known.held = 0;
    reporter.write(`otel-monitor: ${message}${held}\n`);
  } catch {
    // stderr may be closed; there is nobody left to tell
  }
}

/** For tests: replaces where lines go and what time it is, and forgets the topics; returns the way back. */
export function redirectReports(write: (line: string) => void, now: () => number = () => Date.now()): () => void {
  const before = { ...reporter };
  Object.assign(reporter, { write, now, topics: new Map() });
  return () => void Object.assign(reporter, before);
}
