import { setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, format, type Logger, type LoggerOptions } from 'winston';
import Transport from 'winston-transport';
import { correlateWinston } from '../src/correlate-winston.js';
import { traceFormat } from '../src/winston-format.js';
import { fields, inSpan, keepContext, spanId, traceId } from './in-span.js';

let lines: Record<string, unknown>[];
let forget: () => void;
beforeEach(() => {
  lines = [];
  forget = keepContext();
});
afterEach(() => forget());

const MESSAGE = Symbol.for('message');
class Collected extends Transport {
  override log(info: { [MESSAGE]: string }, next: () => void): void {
    lines.push(JSON.parse(info[MESSAGE]));
    next();
  }
}
const plain = (options: LoggerOptions = {}) =>
  createLogger({ format: format.json(), transports: [new Collected()], ...options });
const ways: [string, (options?: LoggerOptions) => Logger][] = [
  [
    'correlateWinston',
    (options) => {
      const logger = plain(options);
      correlateWinston(logger);
      return logger;
    },
  ],
  ['traceFormat', (options) => plain({ format: format.combine(traceFormat(), format.json()), ...options })],
  [
    'both',
    (options) => {
      const logger = plain({ format: format.combine(traceFormat(), traceFormat(), format.json()), ...options });
      correlateWinston(logger);
      return logger;
    },
  ],
];

describe.each(ways)('a line of winston with %s', (_way, make) => {
  it('inside a span carries its ids, at the top, and outside none', () => {
    const logger = make();
    inSpan(() => logger.info('decoded', { sheet: 12 }));
    logger.info('decoded', { sheet: 13 });
    expect(lines).toEqual([
      { level: 'info', message: 'decoded', sheet: 12, ...fields },
      { level: 'info', message: 'decoded', sheet: 13 },
    ]);
  });

  it('carries them however it is logged', () => {
    const logger = make();
    inSpan(() => {
      logger.warn('slow');
      logger.log('info', 'a');
      logger.log({ level: 'info', message: 'b' });
      logger.error(new RangeError('no'));
    });
    expect(lines.map(({ level, message, ...rest }) => [level, message, rest])).toEqual([
      ['warn', 'slow', fields],
      ['info', 'a', fields],
      ['info', 'b', fields],
      ['error', undefined, fields],
    ]);
  });

  it('of a span that is not sampled says so', () => {
    inSpan(() => make().info('decoded'), 0);
    expect(lines).toMatchObject([{ trace_id: traceId, span_id: spanId, trace_flags: '00' }]);
  });

  it('of a child carries the ids of the moment', () => {
    const child = make().child({ request: 7 });
    child.info('before');
    inSpan(() => child.info('inside'));
    expect(lines).toEqual([
      { level: 'info', message: 'before', request: 7 },
      { level: 'info', message: 'inside', request: 7, ...fields },
    ]);
  });

  it('that is one object logged again does not keep the ids of its first time', () => {
    const logger = make();
    const line = { level: 'info', message: 'again' };
    inSpan(() => logger.log(line));
    inSpan(() => logger.log(line), 0, { spanId: '1'.repeat(16) });
    logger.log(line);
    expect(lines).toEqual([
      { level: 'info', message: 'again', ...fields },
      { level: 'info', message: 'again', ...fields, span_id: '1'.repeat(16), trace_flags: '00' },
      { level: 'info', message: 'again' },
    ]);
  });

  it.each([['trace_id'], ['span_id'], ['trace_flags']])('that says %s itself keeps it, alone', (name) => {
    inSpan(() => make().info('decoded', { [name]: 'mine' }));
    expect(lines).toEqual([{ level: 'info', message: 'decoded', [name]: 'mine' }]);
  });

  it('so do bindings of a child and default fields', () => {
    inSpan(() => {
      make().child({ trace_id: 'mine' }).info('a');
      make({ defaultMeta: { span_id: 'mine' } }).info('b');
    });
    expect(lines).toEqual([
      { level: 'info', message: 'a', trace_id: 'mine' },
      { level: 'info', message: 'b', span_id: 'mine' },
    ]);
  });
});

describe('lines that wait for a slow transport', () => {
  class Slow extends Collected {
    override log(info: { [MESSAGE]: string }, next: () => void): void {
      super.log(info, () => void delay(1).then(next));
    }
  }
  const inSpanOf = (index: number, work: () => void) => {
    const id = (index + 1).toString(16).padStart(16, '0');
    context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: id, traceFlags: 1 }), work);
  };
  const wrongLines = async (logger: Logger) => {
    for (let i = 0; i < 100; i += 1) inSpanOf(i, () => logger.info('decoded', { i }));
    while (lines.length < 100) await delay(5);
    return lines.filter((line) => line.span_id !== (Number(line.i) + 1).toString(16).padStart(16, '0')).length;
  };

  it('carry the span that they were logged in, with correlateWinston', async () => {
    const logger = plain({ transports: [new Slow()] });
    correlateWinston(logger);
    expect(await wrongLines(logger)).toBe(0);
  });

  it('carry it with both', async () => {
    const logger = plain({ format: format.combine(traceFormat(), format.json()), transports: [new Slow()] });
    correlateWinston(logger);
    expect(await wrongLines(logger)).toBe(0);
  });

  it('carry none when they were logged outside any span, with both', async () => {
    const logger = plain({ format: format.combine(traceFormat(), format.json()), transports: [new Slow()] });
    correlateWinston(logger);
    inSpan(() => logger.info('decoded'));
    for (let i = 1; i < 100; i += 1) logger.info('decoded');
    while (lines.length < 100) await delay(5);
    expect(lines.filter((line) => 'span_id' in line)).toHaveLength(1);
  });

  it('do not with the format alone: it is asked too late, which the guide says', async () => {
    const logger = plain({ format: format.combine(traceFormat(), format.json()), transports: [new Slow()] });
    expect(await wrongLines(logger)).toBeGreaterThan(0);
  });
});

describe('the way back', () => {
  it('puts the logger back, and the last one who asked takes it', () => {
    const logger = plain();
    const before = logger.write;
    const first = correlateWinston(logger);
    const second = correlateWinston(logger);
    first();
    first();
    inSpan(() => logger.info('still'));
    second();
    inSpan(() => logger.info('no more'));
    expect(lines).toEqual([
      { level: 'info', message: 'still', ...fields },
      { level: 'info', message: 'no more' },
    ]);
    expect(logger.write).toBe(before);
    expect(Object.hasOwn(logger, 'write')).toBe(false);
  });

  it('leaves what somebody else has put over it since', () => {
    const logger = plain();
    const stop = correlateWinston(logger);
    const ours = logger.write;
    let seen = 0;
    logger.write = (...args: unknown[]) => {
      seen += 1;
      return Reflect.apply(ours, logger, args);
    };
    stop();
    inSpan(() => logger.info('a'));
    expect([seen, lines]).toEqual([1, [{ level: 'info', message: 'a' }]]);
  });
});

it('never throws, whatever it is given', () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  const proxy = new Proxy({}, { get: refuse, set: refuse, getOwnPropertyDescriptor: refuse, defineProperty: refuse });
  for (const logger of [undefined, null, 7, 'x', {}, Object.freeze({ write: () => true }), proxy, { write: 7 }]) {
    correlateWinston(logger as never)();
  }
  inSpan(() => {
    for (const line of [undefined, null, 7, 'x', Object.freeze({ a: 1 }), proxy]) {
      expect(traceFormat().transform(line)).toBe(line);
    }
  });
});
