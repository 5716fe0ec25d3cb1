/**
 * Values that cannot hold a secret which the patterns would find: they are passed by before any pattern is tried, and are most
 * of what attributes hold. Each is whole, and short or of few kinds of characters: no `@`, no `=`, no `:` with a value.
 */
export const plainValues = [
  // words, numbers, versions, short names and paths: shorter than the shortest key, account or card
  '^[\\w./{}*]{0,13}$',
  // numbers with a fraction
  '^-?\\d{1,3}\\.\\d{1,20}$',
  // ids of traces, digests, UUIDs
  '^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
  // routes, dotted names and names in snake case, of words without any digit
  '^/?[A-Za-z]{0,18}(?:[_.{}*:/-][A-Za-z]{0,18}){0,16}$',
];

/** The last of them, for names of spans, which may begin with a method. */
export const plainName = '^(?:[A-Z]{3,7} )?/?[A-Za-z]{0,18}(?:[_.{}*:/-][A-Za-z]{0,18}){0,16}$';
