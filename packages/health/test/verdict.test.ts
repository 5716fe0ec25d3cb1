import { describe, expect, it } from 'vitest';
import { failedVerdict, verdictOf } from '../src/verdict.js';

describe('what a check answers', () => {
  it.each([
    [undefined, { state: 'healthy' }],
    [true, { state: 'healthy' }],
    [false, { state: 'unhealthy', errorType: '_OTHER' }],
    ['healthy', { state: 'healthy' }],
    ['degraded', { state: 'degraded' }],
    ['unhealthy', { state: 'unhealthy', errorType: '_OTHER' }],
    ['unknown', { state: 'unknown' }],
    [
      { state: 'degraded', message: 'replica is 40 s behind' },
      { state: 'degraded', message: 'replica is 40 s behind' },
    ],
    [
      { state: 'unhealthy', message: 'x' },
      { state: 'unhealthy', errorType: '_OTHER', message: 'x' },
    ],
    [{ state: 'healthy', message: '' }, { state: 'healthy' }],
    [{ state: 'healthy', message: 12 }, { state: 'healthy' }],
    // the answer of a query, a ping, a connection
    [[{ '?column?': 1 }], { state: 'healthy' }],
    ['PONG', { state: 'healthy' }],
    [{ state: 'connected' }, { state: 'healthy' }],
    [null, { state: 'healthy' }],
    [0, { state: 'healthy' }],
  ])('%j is %j', (answer, verdict) => {
    expect(verdictOf(answer)).toEqual(verdict);
  });

  it('an answer that throws when it is read is a failed check', () => {
    const answer = {
      get state() {
        throw new RangeError('no state');
      },
    };
    expect(verdictOf(answer)).toEqual({ state: 'unhealthy', errorType: 'RangeError', message: 'no state' });
  });

  it('a message is cut', () => {
    expect(verdictOf({ state: 'degraded', message: 'x'.repeat(10_000) }).message).toHaveLength(512);
  });
});

describe('what a check throws', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  it.each([
    [new RangeError('tile 12'), 'RangeError', 'tile 12'],
    [refused, 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'],
    [
      new TypeError('fetch failed', { cause: refused }),
      'TypeError',
      'fetch failed: connect ECONNREFUSED 127.0.0.1:5432',
    ],
    [new AggregateError([refused], ''), 'AggregateError', 'connect ECONNREFUSED 127.0.0.1:5432'],
    [Object.assign(new Error(''), { code: 'EPIPE' }), 'EPIPE', 'EPIPE'],
    ['the disk is full', 'string', 'the disk is full'],
    [undefined, '_OTHER', undefined],
    [null, '_OTHER', undefined],
    [{}, 'Object', undefined],
  ])('%o is unhealthy with type %s and message %s', (thrown, errorType, message) => {
    expect(failedVerdict(thrown)).toEqual({
      state: 'unhealthy',
      errorType,
      ...(message !== undefined && { message }),
    });
  });

  it('causes in a circle end', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(failedVerdict(error).message).toBe('a: b');
  });
});
