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

let all: Triggers | undefined;

/** The rules to ask; their tables are made when the first text comes. */
function triggersFor(ipAddresses: boolean): { readonly statement: Triggers; readonly text: Triggers } {
  all ??= fillTables(builtInRules);
  const statement = ipAddresses ? all : without(all, ipAddressRules);
  return { statement, text: without(statement, [statementLiteralRule]) };
}

/** The rules at work on text. */
export class TextRedactor {
  readonly #ofText: Triggers;
  readonly #ofStatements: Triggers;
  readonly #scan: Scan;
  readonly #everywhere: readonly CompiledRule[];

  constructor(settings: {
    readonly replacement: string;
    readonly keys: KeyMatcher;
    readonly ipAddresses: boolean;
    readonly custom: readonly CompiledRule[];
  }) {
    const { statement, text } = triggersFor(settings.ipAddresses);
    this.#ofText = text;
    this.#ofStatements = statement;
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

  #byRules(text: string): string {
    const scan = this.#scan;
    scan.load(text);
    let changed = false;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      search(scan, scan.isStatement ? this.#ofStatements : this.#ofText);
      if (!scan.next()) break;
      changed = true;
    }
    return changed ? scan.text() : text;
  }

  #byAll(text: string, custom: readonly CompiledRule[]): string {
    const scan = this.#scan;
    let done = text;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const before = done;
      for (const { pattern, replacement } of custom)
        if (pattern !== undefined) done = done.replace(pattern, () => replacement);
      scan.load(done);
      search(scan, scan.isStatement ? this.#ofStatements : this.#ofText);
      if (scan.next()) done = scan.text();
      if (done === before) break;
    }
    return done === text ? text : done;
  }
}

const NONE: readonly CompiledRule[] = [];
