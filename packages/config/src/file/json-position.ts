/** The tokens of JSON, or its end. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|$)/uy;

type Expecting = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or end';

/**
 * Where text stops being JSON, as line and column counted from 1. The engine's own message is of no use: it quotes the
 * text, which may hold secrets, and not every version names the place.
 */
export function jsonErrorPosition(text: string): { line: number; column: number } {
  const before = text.slice(0, errorOffset(text)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function errorOffset(text: string): number {
  const open: string[] = [];
  let expecting: Expecting = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    const start = from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
    if (found === null) return start;
    const [, mark, string, scalar] = found;
    const next = after(expecting, mark ?? (string !== undefined ? '"' : scalar !== undefined ? '0' : ''), open);
    if (next === undefined) return start;
    expecting = next;
  }
}

/** What may come after a token, or undefined when the token itself may not come here. */
function after(expecting: Expecting, token: string, open: string[]): Expecting | undefined {
  const inner = open.at(-1);
  const closes = (token === '}' && inner === '{') || (token === ']' && inner === '[');
  if (closes && (expecting === ', or end' || expecting === (token === '}' ? 'key or }' : 'value or ]'))) {
    open.pop();
    return ', or end';
  }
  if (expecting === 'key' || expecting === 'key or }') return token === '"' ? ':' : undefined;
  if (expecting === ':') return token === ':' ? 'value' : undefined;
  if (expecting === ', or end') {
    if (token !== ',' || inner === undefined) return undefined;
    return inner === '{' ? 'key' : 'value';
  }
  if (token === '"' || token === '0') return ', or end';
  if (token !== '{' && token !== '[') return undefined;
  open.push(token);
  return token === '{' ? 'key or }' : 'value or ]';
}
