import type { Baggage, BaggageEntry } from '@opentelemetry/api';
import { readMember, writeMember } from './baggage-member.js';
import { skipBlanks } from './optional-whitespace.js';

/** What is carried of a baggage-string: the specification wants 64 members and 8,192 bytes at least ("Limits"). */
const MAX_MEMBERS = 180;
const MAX_LENGTH = 8192;

/** What a header held or will hold, and how many members of it were left out. */
export interface CarriedBaggage<What> {
  readonly carried: What;
  readonly dropped: number;
}

/** The entries of a header; of a name that comes twice the last one, as OpenTelemetry's baggage has each name once. */
export function readBaggage(header: string): CarriedBaggage<Record<string, BaggageEntry>> & { readonly count: number } {
  // without a prototype, so that `__proto__` is a name like any other
  const entries: Record<string, BaggageEntry> = Object.create(null);
  let count = 0;
  // only whole members are read; a member that is cut off at the end is dropped with what follows
  const end = header.length <= MAX_LENGTH ? header.length : Math.max(header.lastIndexOf(',', MAX_LENGTH), 0);
  let dropped = end < header.length ? 1 : 0;
  for (let start = 0; start < end; ) {
    const comma = header.indexOf(',', start);
    const stop = comma === -1 || comma > end ? end : comma;
    // joined headers may leave empty members behind
    if (skipBlanks(header, start, stop) < stop) {
      const member = count < MAX_MEMBERS ? readMember(header.slice(start, stop)) : undefined;
      if (member === undefined) dropped += 1;
      else {
        entries[member.key] = member.entry;
        count += 1;
      }
    }
    start = stop + 1;
  }
  return { carried: entries, count, dropped };
}

/** Entries as a header: every one that fits, in their order, none in part. */
export function writeBaggage(baggage: Baggage): CarriedBaggage<string> {
  let header = '';
  let members = 0;
  let dropped = 0;
  for (const [name, entry] of baggage.getAllEntries()) {
    const room = MAX_LENGTH - header.length - (members > 0 ? 1 : 0);
    const member = members < MAX_MEMBERS ? writeMember(name, entry, room) : undefined;
    if (member === undefined) {
      dropped += 1;
      continue;
    }
    header += members > 0 ? `,${member}` : member;
    members += 1;
  }
  return { carried: header, dropped };
}
