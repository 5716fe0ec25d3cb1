/** A text with secrets in it. */
export interface SecretCase {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** Reads a text in which secrets stand between « and ». */
export function marked(text: string): SecretCase {
  return {
    text: text.replace(/[«»]/g, ''),
    secrets: [...text.matchAll(/«([^»]*)»/g)].map(([, secret = '']) => secret),
  };
}

const SHORTEST_PART = 6;

/** A part of a secret, of six characters or more, that is still in the text; undefined when none is. */
export function survivingPart(text: string, secret: string): string | undefined {
  if (secret.length < SHORTEST_PART) return text.includes(secret) ? secret : undefined;
  for (let at = 0; at + SHORTEST_PART <= secret.length; at += 1) {
    const part = secret.slice(at, at + SHORTEST_PART);
    if (text.includes(part)) return part;
  }
  return undefined;
}
