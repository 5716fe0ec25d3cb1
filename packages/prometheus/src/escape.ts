/** `\`, `"`, newline, and halves of a surrogate pair, which are no characters and have no UTF-8. */
const inLabelValue = /[\\"\n]|\p{Cs}/gu;
const inHelp = /[\\\n]|\p{Cs}/gu;
/** Finds less often and faster: whole pairs too, which then prove harmless. */
const mayNeedEscape = /[\\"\n\ud800-\udfff]/;

function escapeCharacter(character: string): string {
  switch (character) {
    case '\\':
      return '\\\\';
    case '"':
      return '\\"';
    case '\n':
      return '\\n';
    default:
      return '\ufffd';
  }
}

/** Text between the quotes of a label value, in both formats. */
export function escapeLabelValue(text: string): string {
  return mayNeedEscape.test(text) ? text.replace(inLabelValue, escapeCharacter) : text;
}

/** Text of a HELP line: the text format leaves `"` as it is, OpenMetrics escapes it. */
export function escapeHelp(text: string, quotesToo: boolean): string {
  return mayNeedEscape.test(text) ? text.replace(quotesToo ? inLabelValue : inHelp, escapeCharacter) : text;
}
