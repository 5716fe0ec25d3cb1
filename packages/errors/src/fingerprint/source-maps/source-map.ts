import { DeclaredNames, FileCursor } from './declared-names.js';
import { Mappings } from './mappings.js';
import { scanSourceMap } from './scan-source-map.js';

/** A place in a source; line and column from 1, as V8 counts them. */
export interface SourcePlace {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** The source map of one file that runs: where its code comes from and what its functions are called there. */
export class SourceMap {
  private constructor(
    private readonly sources: readonly string[],
    private readonly mappings: Mappings,
    private readonly names: DeclaredNames,
  ) {}

  /**
   * Reads a map, pausing now and then; undefined for what is none.
   *
   * @param file the file that runs, for the names that are declared in it
   * @param resolve makes a source's path of what the map says
   */
  static *read(
    json: Buffer,
    file: Buffer,
    resolve: (source: string) => string,
  ): Generator<void, SourceMap | undefined> {
    const scanned = yield* scanSourceMap(json);
    if (scanned === undefined) return undefined;
    const { sourceRoot, names: ranges } = scanned;
    const root = sourceRoot === '' || sourceRoot.endsWith('/') ? sourceRoot : `${sourceRoot}/`;
    const names = new DeclaredNames();
    const cursor = new FileCursor(file);
    // a copy: the bytes of the whole map are not kept
    yield;
    const bytes = Uint8Array.prototype.slice.call(json, ...scanned.mappings);
    const mappings = yield* Mappings.read(bytes, (segment) => {
      if (segment.name * 2 < ranges.length) names.add(segment, cursor);
    });
    yield* names.keep((name) => json.toString('utf8', ranges[name * 2], ranges[name * 2 + 1]));
    return new SourceMap(
      scanned.sources.map((source) => resolve(root + source)),
      mappings,
      names,
    );
  }

  /** Bytes that it holds, about. */
  get size(): number {
    return this.mappings.size + this.names.count * 32 + this.sources.length * 100;
  }

  /** Whether the file's names were made by a minifier, as far as the map tells. */
  get isMinified(): boolean {
    return this.names.count > 0;
  }

  /** Where the code at a place comes from; line and column from 1. */
  place(line: number, column: number): SourcePlace | undefined {
    const segment = this.mappings.find(line - 1, column - 1);
    const source = segment === undefined ? undefined : this.sources[segment.source];
    if (segment === undefined || source === undefined || source === '') return undefined;
    return { source, line: segment.sourceLine + 1, column: segment.sourceColumn + 1 };
  }

  /** What a minified name of a function or class stands for at a place; line and column from 1. */
  nameOf(minified: string, line: number, column: number): string | undefined {
    return this.names.find(minified, line - 1, column - 1);
  }
}
