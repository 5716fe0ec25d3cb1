import type { KeyMatcher } from './keys/key-matcher.js';
import type { CompiledRule } from './patterns/custom-rule.js';
import { builtInRules } from './rules/built-in-rules.js';
import { ipAddressRules } from './rules/ip-address.js';
import { statementLiteralRule } from './rules/statement-literal.js';
import { Scan } from './scan/scan.js';
import { search } from './scan/search.js';
import { fillTables, type Triggers, without } from './scan/triggers.js';

/** A replacement may lay open what a rule missed (a boundary has changed): look again, but not for ever. */
const MOST_PASSES = 4;
/** From here on a text gets room of its own, which is given back. */
const LONG = 16_384;

/** Where a text stands, as far as it matters to rules. */
export interface Place {
  /** In an address: no file path. */
  readonly isAddress: boolean;
  /** A query without its `?`. */
  readonly isQuery: boolean;
  /** A database statement. */
  readonly isStatement: boolean;
}

export const TEXT: Place = { isAddress: false, isQuery: false, isStatement: false };
export const ADDRESS: Place = { isAddress: true, isQuery: false, isStatement: false };
export const QUERY: Place = { isAddress: true, isQuery: true, isStatement: false };
export const STATEMENT: Place = { isAddress: false, isQuery: false, isStatement: true };

let all: ReturnType<typeof fillTables> | undefined;
const made = new Map<number, Triggers>();

/** The rules to ask; their tables are made when the first text of the kind comes. */
function triggersFor(ipAddresses: boolean, isStatement: boolean): Triggers {
  const kind = (ipAddresses ? 1 : 0) + (isStatement ? 2 : 0);
  let triggers = made.get(kind);
  if (triggers === undefined) {
    all ??= fillTables(builtInRules);
    triggers = without(all, [...(ipAddresses ? [] : ipAddressRules), ...(isStatement ? [] : [statementLiteralRule])]);
    made.set(kind, triggers);
  }
  return triggers;
}

/** The rules at work on text. */
export class TextRedactor {
  readonly #ipAddresses: boolean;
  #ofText: Triggers | undefined;
  #ofStatements: Triggers | undefined;
  readonly #scan: Scan;
  readonly #everywhere: readonly CompiledRule[];

  constructor(settings: {
    readonly replacement: string;
    readonly keys: KeyMatcher;
    readonly ipAddresses: boolean;
    readonly custom: readonly CompiledRule[];
  }) {
    this.#ipAddresses = settings.ipAddresses;
    this.#scan = new Scan({ replacement: settings.replacement, keys: settings.keys });
    this.#everywhere = settings.custom.filter((rule) => rule.keys === undefined);
  }

  /** The text with every secret replaced; the same string when it has none. `more` are further rules for it. */
  redact(text: string, place: Place, more: readonly CompiledRule[] = NONE): string {
    const scan = this.#scan;
    scan.isAddress = place.isAddress;
    scan.isQuery = place.isQuery;
    scan.isStatement = place.isStatement;
    const custom = more.length > 0 ? [...this.#everywhere, ...more] : this.#everywhere;
    try {
      return custom.length === 0 ? this.#byRules(text) : this.#byAll(text, custom);
    } finally {
      if (text.length > LONG) scan.release();
    }
  }

  #triggers(): Triggers {
    if (!this.#scan.isStatement) {
      this.#ofText ??= triggersFor(this.#ipAddresses, false);
      return this.#ofText;
    }
    this.#ofStatements ??= triggersFor(this.#ipAddresses, true);
    return this.#ofStatements;
  }

  #byRules(text: string): string {
    const scan = this.#scan;
    const triggers = this.#triggers();
    scan.load(text);
    let changed = false;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      search(scan, triggers);
      if (!scan.next()) break;
      changed = true;
    }
    return changed ? scan.text() : text;
  }

  #byAll(text: string, custom: readonly CompiledRule[]): string {
    const scan = this.#scan;
    const triggers = this.#triggers();
    let done = text;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const before = done;
      for (const { pattern, replacement } of custom)
        if (pattern !== undefined) done = done.replace(pattern, () => replacement);
      scan.load(done);
      search(scan, triggers);
      if (scan.next()) done = scan.text();
      if (done === before) break;
    }
    return done === text ? text : done;
  }
}

const NONE: readonly CompiledRule[] = [];
