import { describe, expect, it } from 'vitest';
import { type DescribedError, describeError } from '../../src/description/described-error.js';

/** A description as `message` or `message(relation message, …; +omitted)`. */
function outline({ message, causes, omittedCauses = 0, isRepeated }: DescribedError): string {
  const inner = causes.map((cause) => `${cause.relation} ${outline(cause)}`).join(', ');
  const more = omittedCauses === 0 ? '' : `; +${omittedCauses}`;
  const again = isRepeated === true ? '!' : '';
  return `${message}${again}${inner === '' && more === '' ? '' : `(${inner}${more})`}`;
}

const told = (error: unknown) => outline(describeError(error));

function chain(length: number): Error {
  let error = new Error(`e${length}`);
  for (let index = length - 1; index >= 1; index -= 1) error = new Error(`e${index}`, { cause: error });
  return error;
}

describe('a cause', () => {
  it('is told with its type, message, code and frames', () => {
    const cause = Object.assign(new RangeError('tile 12'), { code: 'E_TILE' });
    expect(describeError(new Error('import failed', { cause })).causes).toMatchObject([
      { relation: 'cause', errorType: 'RangeError', message: 'tile 12', code: 'E_TILE' },
    ]);
    expect(describeError(new Error('x', { cause })).causes[0]?.frames?.text).toContain('causes.test.ts');
  });

  it.each([
    ['text', 'torn', 'x(cause torn)'],
    ['false', false, 'x(cause false)'],
    ['an object', { tile: 12 }, 'x(cause {"tile":12})'],
    ['undefined', undefined, 'x'],
    ['null', null, 'x'],
    ['a method', () => new Error('no'), 'x'],
  ])('may be anything: %s', (_title, cause, expected) => {
    expect(told(Object.assign(new Error('x'), { cause }))).toBe(expected);
  });

  it('has a cause of its own, eight deep; those further down are counted', () => {
    expect(told(chain(9))).toBe('e1(cause e2(cause e3(cause e4(cause e5(cause e6(cause e7(cause e8(cause e9))))))))');
    expect(told(chain(21))).toBe(
      'e1(cause e2(cause e3(cause e4(cause e5(cause e6(cause e7(cause e8(cause e9(; +12)))))))))',
    );
    expect(told(chain(100_000))).toContain('; +129)');
  });

  it('that comes up again is named only', () => {
    const circle = new Error('a', { cause: new Error('b') });
    (circle.cause as Error).cause = circle;
    expect(told(circle)).toBe('a(cause b(cause a!))');
    const itself = new Error('a');
    itself.cause = itself;
    expect(told(itself)).toBe('a(cause a!)');
    const shared = new Error('s');
    expect(told(new AggregateError([new Error('a', { cause: shared }), shared], 'all'))).toBe(
      'all(member a(cause s!), member s)',
    );
  });

  it('that is named only has neither frames nor causes of its own', () => {
    const circle = new Error('a', { cause: new Error('b') });
    (circle.cause as Error).cause = circle;
    const [b] = describeError(circle).causes;
    expect(b?.causes).toMatchObject([
      { message: 'a', isRepeated: true, frames: undefined, head: undefined, causes: [] },
    ]);
  });
});

describe('members of an AggregateError', () => {
  it('are told whatever they are', () => {
    expect(told(new AggregateError([new Error('a'), 'b', 12, null, undefined], 'all'))).toBe(
      'all(member a, member b, member 12, member null, member undefined)',
    );
  });

  it('are ten at most; the others are counted', () => {
    const members = Array.from({ length: 22 }, (_, index) => new Error(String(index)));
    const expected = members.slice(0, 10).map(({ message }) => `member ${message}`);
    expect(told(new AggregateError(members, 'all'))).toBe(`all(${expected.join(', ')}; +12)`);
  });

  it('come after a cause, and those that are near before those that are far: 32 in all', () => {
    const inner = (name: string) =>
      new AggregateError(
        Array.from({ length: 9 }, (_, index) => new Error(`${name}${index}`)),
        name,
      );
    const all = new AggregateError(['a', 'b', 'c', 'd'].map(inner), 'all', { cause: new Error('why') });
    const nine = (name: string, count = 9) =>
      Array.from({ length: count }, (_, index) => `member ${name}${index}`).join(', ');
    // five of the first level, and 27 of the second
    expect(told(all)).toBe(
      `all(cause why, member a(${nine('a')}), member b(${nine('b')}), member c(${nine('c')}), member d(; +9))`,
    );
  });

  it('of what Promise.any rejects with are told, though it has no frames itself', async () => {
    const error: unknown = await Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))]).catch(
      (reason) => reason,
    );
    expect(told(error)).toBe('All promises were rejected(member a, member b)');
  });

  it('are told of other errors with a list `errors` where it holds messages', () => {
    const invalid = Object.assign(new Error('invalid'), {
      errors: [{ message: 'name is short' }, { message: 'no age' }],
    });
    expect(told(invalid)).toBe('invalid(member name is short, member no age)');
    expect(told(Object.assign(new Error('x'), { errors: [1, 2] }))).toBe('x');
    expect(told(Object.assign(new Error('x'), { errors: { name: { message: 'short' } } }))).toBe('x');
  });
});

it('of a SuppressedError both errors are told', () => {
  const error = Object.assign(new Error('An error was suppressed'), {
    name: 'SuppressedError',
    error: new Error('closing failed'),
    suppressed: new Error('writing failed'),
  });
  expect(told(error)).toBe('An error was suppressed(cause closing failed, suppressed writing failed)');
});
