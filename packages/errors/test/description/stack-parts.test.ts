import { describe, expect, it } from 'vitest';
import { stackParts } from '../../src/description/stack-parts.js';

const FRAMES = '\n    at extract (/app/extract.js:3:7)\n    at main (/app/main.js:9:1)';

describe('a stack is taken apart where its frames begin', () => {
  it.each([
    ['type and message', 'Error', 'torn', 'Error: torn', undefined],
    ['the type alone', 'Error', '', 'Error', undefined],
    ['a name that was given later', 'TileError', 'torn', 'Error: torn', undefined],
    ['a message of lines that look like frames', 'Error', `a${FRAMES}`, `Error: a${FRAMES}`, undefined],
    ['the same under another name', 'TileError', `a${FRAMES}`, `Error: a${FRAMES}`, undefined],
    ['a code', 'TypeError', 'torn', 'TypeError [ERR_TORN]: torn', 'TypeError [ERR_TORN]: torn'],
    [
      'where the source does not parse',
      'SyntaxError',
      'Unexpected token',
      '/app/a.js:3\n  a b\n    ^\n\nSyntaxError: Unexpected token',
      '/app/a.js:3\n  a b\n    ^\n\nSyntaxError: Unexpected token',
    ],
    ['a message that was changed later', 'Error', 'import failed: torn', 'Error: torn', 'Error: torn'],
    ['a message that is in the stack and not before the frames', 'Error', 'Err', 'Error: torn', 'Error: torn'],
  ])('after %s', (_title, name, message, head, expected) => {
    expect(stackParts(head + FRAMES, name, message)).toEqual({ head: expected, frames: FRAMES });
  });

  it('without frames there is a head where it says more than type and message', () => {
    expect(stackParts('Error: torn', 'Error', 'torn')).toEqual({ head: undefined, frames: undefined });
    expect(stackParts('extract@/app/extract.js:3:7', 'Error', 'torn')).toEqual({
      head: 'extract@/app/extract.js:3:7',
      frames: undefined,
    });
  });

  it('frames after 5 MB that are not the message are found', () => {
    const head = 'x'.repeat(5_000_000);
    expect(stackParts(head + FRAMES, 'Error', 'torn').frames).toBe(FRAMES);
  });

  it('frames are told up to 16,384 characters', () => {
    const frames = FRAMES.repeat(1000);
    expect(stackParts(`Error: torn${frames}`, 'Error', 'torn').frames).toBe(frames.slice(0, 16_384));
  });
});
