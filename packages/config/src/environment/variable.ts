/** What a variable does with its text; nothing of it throws. */
export interface Reader {
  /** Says what a setting is. The schema judges it: text that is no number is put as it is. First come, first served. */
  put(path: string, value: unknown, expected?: string): void;
  /** Says a switch that was worked out from the text and needs no judging. */
  decide(path: string, value: boolean): void;
  /** The variable cannot be used. */
  problem(expected: string): void;
  /** Something to say, after the name of the variable: "… of the variable is ignored". */
  warn(text: string): void;
  /** The content of a file that the variable names; undefined after a problem, which tells what is expected. */
  file(path: string, expected: string): string | undefined;
}

/** An environment variable. */
export interface Variable {
  readonly name: string;
  /** Its text is trimmed and not empty. */
  readonly read: (text: string, reader: Reader) => void;
  /** How its text may be printed; left out: as it is, but for what redaction knows. */
  readonly shown?: 'not' | 'as address';
}

/** A variable whose text, converted, is one setting. */
export function setting(name: string, path: string, convert: (text: string) => unknown = (text) => text): Variable {
  return { name, read: (text, reader) => reader.put(path, convert(text)) };
}
