import { type LoggerOptions, pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traceFields } from '../src/pino-mixin.js';
import { fields, inSpan, keepContext, spanId, traceId } from './in-span.js';

let lines: Record<string, unknown>[];
let forget: () => void;
beforeEach(() => {
  lines = [];
  forget = keepContext();
});
afterEach(() => forget());

const BARE = { base: null, timestamp: false } as const;
const logger = (options: LoggerOptions = {}) =>
  pino({ ...BARE, mixin: traceFields, ...options }, { write: (text) => void lines.push(JSON.parse(text)) });

describe('a line of pino', () => {
  it('inside a span carries its ids, at the top', () => {
    inSpan(() => logger().info({ sheet: 12 }, 'decoded'));
    expect(lines).toEqual([{ level: 30, ...fields, sheet: 12, msg: 'decoded' }]);
  });

  it('outside any carries none', () => {
    logger().info({ sheet: 12 }, 'decoded');
    expect(lines).toEqual([{ level: 30, sheet: 12, msg: 'decoded' }]);
  });

  it.each<[string, (log: ReturnType<typeof logger>) => void, object]>([
    ['a text', (log) => log.warn('slow'), { level: 40, msg: 'slow' }],
    ['a text with values', (log) => log.info('%s of %d', 'a', 2), { level: 30, msg: 'a of 2' }],
    ['an error', (log) => log.error(new RangeError('no')), { level: 50, msg: 'no', err: expect.anything() }],
    ['nothing', (log) => log.info(undefined), { level: 30 }],
  ])('that is %s carries them too', (_what, write, expected) => {
    inSpan(() => write(logger()));
    expect(lines).toEqual([{ ...expected, ...fields }]);
  });

  it('of a span that is not sampled says so', () => {
    inSpan(() => logger().info('decoded'), 0);
    expect(lines).toEqual([{ level: 30, trace_id: traceId, span_id: spanId, trace_flags: '00', msg: 'decoded' }]);
  });

  it('of a child, and of a child of that, carries the ids of the moment', () => {
    const child = logger().child({ request: 7 }).child({ user: 'x' });
    child.info('before');
    inSpan(() => child.info('inside'));
    expect(lines).toEqual([
      { level: 30, request: 7, user: 'x', msg: 'before' },
      { level: 30, request: 7, user: 'x', ...fields, msg: 'inside' },
    ]);
  });

  it('that names one object twice does not keep the ids of the first time', () => {
    const log = logger();
    const what = { sheet: 12 };
    inSpan(() => log.info(what));
    log.info(what);
    expect(what).toEqual({ sheet: 12 });
    expect(lines[1]).toEqual({ level: 30, sheet: 12 });
  });
});

describe('a line that says something of a trace itself keeps it, alone', () => {
  it.each([['trace_id'], ['span_id'], ['trace_flags']])('%s in the line', (name) => {
    inSpan(() => logger().info({ [name]: 'mine' }, 'decoded'));
    expect(lines).toEqual([{ level: 30, [name]: 'mine', msg: 'decoded' }]);
  });

  it('in the bindings of a child, each field once', () => {
    const texts: string[] = [];
    const root = pino({ ...BARE, mixin: traceFields }, { write: (text) => void texts.push(text) });
    const child = root.child({ trace_id: 'mine' });
    inSpan(() => {
      child.info('a');
      child.child({ deeper: 1 }).info('b');
    });
    expect(texts).toEqual([
      '{"level":30,"trace_id":"mine","msg":"a"}\n',
      '{"level":30,"trace_id":"mine","deeper":1,"msg":"b"}\n',
    ]);
  });

  it('in bindings that come later', () => {
    const log = logger();
    inSpan(() => {
      log.info('a');
      log.setBindings({ span_id: 'mine' });
      log.info('b');
    });
    expect(lines).toEqual([
      { level: 30, ...fields, msg: 'a' },
      { level: 30, span_id: 'mine', msg: 'b' },
    ]);
  });

  it('in the bindings of a logger that keeps no text of them', () => {
    inSpan(() => {
      expect(traceFields({}, 30, { bindings: () => ({ trace_id: 'mine' }) })).toEqual({});
      expect(traceFields({}, 30, { bindings: () => ({ user: 7 }) })).toEqual(fields);
    });
  });

  it('in the bindings of the logger', () => {
    inSpan(() => logger({ base: { trace_id: 'mine' } }).info('a'));
    expect(lines).toEqual([{ level: 30, trace_id: 'mine', msg: 'a' }]);
  });

  it('a field of that name deeper in the line or the bindings is another one', () => {
    inSpan(() =>
      logger()
        .child({ upstream: { trace_id: 'theirs' } })
        .info({ call: { span_id: 'theirs' } }),
    );
    expect(lines).toEqual([{ level: 30, upstream: { trace_id: 'theirs' }, ...fields, call: { span_id: 'theirs' } }]);
  });

  it('where the line is put under a key of its own, so are the fields', () => {
    inSpan(() => logger({ nestedKey: 'payload' }).info({ sheet: 12 }, 'decoded'));
    expect(lines).toEqual([{ level: 30, payload: { sheet: 12, ...fields }, msg: 'decoded' }]);
  });
});

describe('together with', () => {
  it('a mixin of the application', () => {
    const mixin: LoggerOptions['mixin'] = (line, level, log) => ({ zone: 'eu', ...traceFields(line, level, log) });
    inSpan(() => logger({ mixin }).info('decoded'));
    expect(lines).toEqual([{ level: 30, zone: 'eu', ...fields, msg: 'decoded' }]);
  });

  it('a merge in which the mixin wins: the line still keeps its own', () => {
    const mixinMergeStrategy = (line: object, mixin: object) => ({ ...line, ...mixin });
    inSpan(() => logger({ mixinMergeStrategy }).info({ trace_id: 'mine' }));
    expect(lines).toEqual([{ level: 30, trace_id: 'mine' }]);
  });
});

it('never throws, whatever it is given', () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  const proxy = new Proxy({}, { get: refuse, has: refuse, getOwnPropertyDescriptor: refuse });
  inSpan(() => {
    for (const line of [undefined, null, 7, 'x', {}, [], proxy]) {
      for (const log of [undefined, null, 7, {}, proxy, { bindings: refuse }, { bindings: () => null }]) {
        expect(traceFields(line as never, 30, log as never)).toEqual(fields);
      }
    }
  });
  expect(traceFields(proxy, 30, proxy)).toEqual({});
});
