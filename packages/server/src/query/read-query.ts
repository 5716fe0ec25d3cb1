import { json, type PageAnswer } from '../page.js';
import type { QueryField } from './query-fields.js';

/** What is wrong with one parameter of a query. */
export interface QueryProblem {
  /** The parameter. */
  readonly path: string;
  /** What it was given, cut. */
  readonly found: string;
  readonly expected: string;
}

type Fields = Readonly<Record<string, QueryField<unknown>>>;
/** What was asked for; what was left out, or empty, is left out. */
export type QueryValues<Given extends Fields> = {
  readonly [Key in keyof Given]?: Given[Key] extends QueryField<infer Value> ? Value : never;
};

const MAX_FOUND = 100;
/** More problems than this tell nobody more. */
const MAX_PROBLEMS = 20;

/** Reads a query, without its `?`, or says what is wrong with it: nothing of it is guessed at or passed over. */
export function readQuery<Given extends Fields>(
  query: string,
  fields: Given,
): { readonly values: QueryValues<Given> } | { readonly refusal: PageAnswer } {
  const values: Record<string, unknown> = {};
  const problems: QueryProblem[] = [];
  const seen = new Set<string>();
  for (const [path, text] of new URLSearchParams(query)) {
    const field = Object.hasOwn(fields, path) ? fields[path] : undefined;
    const problem = (expected: string) =>
      problems.push({ path: path.slice(0, MAX_FOUND), found: text.slice(0, MAX_FOUND), expected });
    if (field === undefined) problem(`no such parameter: one of ${Object.keys(fields).join(', ') || 'none'}`);
    else if (seen.has(path)) problem('each parameter once');
    else if (text !== '') {
      const value = field.read(text);
      if (value === undefined) problem(field.expected);
      else values[path] = value;
    }
    seen.add(path);
    if (problems.length >= MAX_PROBLEMS) break;
  }
  if (problems.length > 0) return { refusal: json({ error: 'the query cannot be used', problems }, 400) };
  return { values: values as QueryValues<Given> };
}
