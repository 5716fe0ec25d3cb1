/** The forms in which text may stand in bytes that leave; each is long enough not to be there by chance. */
export function formsOf(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  return {
    plain: secret,
    'its first half': secret.slice(0, secret.length / 2),
    'its last half': secret.slice(secret.length / 2),
    'in percent escapes': [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
    'in hexadecimal': bytes.toString('hex'),
    // base64 of text in the midst of other text, by where its first byte falls
    ...Object.fromEntries(
      [0, 1, 2].map((offset) => [`in base64, ${offset}`, bytes.subarray(offset, offset + 24).toString('base64')]),
    ),
  };
}

/** Text that is shown before a find, and the finds that are shown of each form. */
const SHOWN = 60;
const MAX_FOUND = 5;

/** The forms of the secret that are in the bytes, each with what stands before it. */
export function leaked(secret: string, bytes: Buffer | string): string[] {
  const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
  return Object.entries(formsOf(secret)).flatMap(([name, form]) => {
    const found: string[] = [];
    for (
      let at = text.indexOf(form);
      at !== -1 && found.length < MAX_FOUND;
      at = text.indexOf(form, at + form.length)
    ) {
      found.push(`${name}: ${text.slice(Math.max(0, at - SHOWN), at)}`);
    }
    return found;
  });
}
