import { type Family, seriesOf } from './family.js';
import type { FamilyWriter, SeriesLines } from './family-writer.js';
import type { ProblemLog } from './problem.js';
import type { Slab } from './slab.js';

/** Between two places to pause, shown or left out. */
const SERIES_A_STEP = 100;

/** Writes what is shown of a family, its header first; yields full slabs, and undefined where work may pause. */
export function* writeFamily(
  slab: Slab,
  family: Family,
  header: string,
  writer: FamilyWriter,
  problems: ProblemLog,
): Generator<Buffer | undefined, void, undefined> {
  let hasHeader = false;
  let step = 0;
  for (const member of family.members) {
    const count = seriesOf(member);
    const isBound = member.bound.length > 0;
    for (let index = 0; index < count; index += 1) {
      const lines = isBound ? writer.bound(member, member.bound[index]!) : writer.point(member, member.points[index]);
      if (lines !== undefined) {
        if (!hasHeader) yield* writeText(slab, header);
        hasHeader = true;
        // the common case without a generator of its own
        if (slab.room >= lines.lineCount * lines.maxLineBytes) lines.write(slab, 0, lines.lineCount);
        else yield* writeSeries(slab, lines);
      }
      step += 1;
      if (step % SERIES_A_STEP === 0) yield undefined;
    }
    problems.tell(member.metric);
  }
}

/** Writes as many lines as have room, again and again; a line that no slab can hold gets one of its own. */
function* writeSeries(slab: Slab, lines: SeriesLines): Generator<Buffer, void, undefined> {
  for (let line = 0; line < lines.lineCount; ) {
    const fitting = Math.floor(slab.room / lines.maxLineBytes);
    if (fitting > 0) {
      const end = Math.min(lines.lineCount, line + fitting);
      lines.write(slab, line, end);
      line = end;
    } else if (slab.length > 0) yield slab.take();
    else slab.enlarge(lines.maxLineBytes);
  }
}

/** Writes a text that no slab needs to be able to hold. */
export function* writeText(slab: Slab, text: string): Generator<Buffer, void, undefined> {
  const bytes = Buffer.byteLength(text);
  if (bytes > slab.room && slab.length > 0) yield slab.take();
  if (bytes > slab.room) slab.enlarge(bytes);
  slab.write(text);
}
