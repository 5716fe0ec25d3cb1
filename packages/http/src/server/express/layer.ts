/** A pattern of a path, or several: text, or a regular expression. */
export type Pattern = unknown;

type Match = { readonly path: string; readonly params: Readonly<Record<string, unknown>> };

/** What stands in the stack of a router: of Express 4, or of the package `router` that Express 5 has. As far as we read it. */
export interface Layer {
  readonly handle: unknown;
  /** What the layer was given; since router 2.3, and flat there. */
  readonly rawPath?: Pattern;
  /** Express 5: one for each pattern. */
  readonly matchers?: readonly ((path: string) => Match | false)[];
  /** Express 4: all patterns in one. */
  readonly regexp?: RegExp;
  /** Express 4: the parameters by the groups of `regexp`; those without a name have a number. */
  readonly keys?: readonly { readonly name: string | number }[];
  /** Undefined for what `use` was given; not there at all for the handlers of one route. */
  readonly route?: { readonly path: Pattern } | undefined;
}

/** A pattern as it was written: text with a slash before and none after, and nothing for the root. */
export function patternTemplate(pattern: Pattern): string {
  return typeof pattern === 'string' ? withSlashes(pattern) : String(pattern);
}

export function withSlashes(template: string): string {
  let end = template.length;
  while (end > 0 && template[end - 1] === '/') end -= 1;
  const trimmed = template.slice(0, end);
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}
