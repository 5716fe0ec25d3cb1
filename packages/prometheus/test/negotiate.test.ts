import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate } from '../src/index.js';

const text = { format: 'text', contentType: 'text/plain; version=0.0.4; charset=utf-8' };
const openMetrics = {
  format: 'openmetrics',
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};
const prometheus3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,' +
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const prometheus2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

describe('OpenMetrics', () => {
  it.each([
    prometheus3,
    prometheus2,
    'application/openmetrics-text',
    'APPLICATION/OpenMetrics-Text; Version=1.0.0',
    'application/openmetrics-text; version="1.0.0"; charset=utf-8',
    'application/openmetrics-text;q=0.5,text/plain;q=0.4',
    'application/openmetrics-text,*/*',
    'application/*,text/*;q=0.9',
    'application/openmetrics-text,text/plain',
    'text/plain;q=0,*/*',
    'text/plain;q=0.9,application/openmetrics-text;q=1.000',
    'text/plain;version=1.0.0,application/openmetrics-text;q=0.1',
    ', application/openmetrics-text ,',
    'application/openmetrics-text;note="a,b;q=0"',
    // the range that names a format most exactly has the say, not the kindest
    'text/plain;q=0.1,text/*,application/openmetrics-text;q=0.2',
  ])('%s', (accept) => expect(negotiate(accept)).toEqual(openMetrics));
});

describe('text', () => {
  it.each([
    undefined,
    null,
    7,
    ['application/openmetrics-text'],
    '',
    '*/*',
    'text/plain',
    'text/html,*/*;q=0.8',
    'application/json',
    'text/plain,application/openmetrics-text',
    'application/openmetrics-text;q=0.4,text/plain;q=0.5',
    'application/openmetrics-text;version=0.0.1',
    'application/openmetrics-text;version=2.0.0,text/plain;q=0.1',
    'application/openmetrics-text;q=0,*/*;q=0.1',
    'application/openmetrics-text;q=0',
    'application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text',
    // malformed
    'application/openmetrics-text;q=2',
    'application/openmetrics-text;q=0.1234',
    'application/openmetrics-text;q=',
    'application/openmetrics-text;q=-1',
    'application/openmetrics-text;q=high',
    'application/openmetrics-text,text',
    'application/openmetrics-text,/',
    'application/openmetrics-text, a b/c',
    'application/openmetrics-text;=1',
  ])('%s', (accept) => expect(negotiate(accept)).toEqual(text));
});

it('any header gives one of the two', () => {
  const pieces = fc.constantFrom(
    'application/openmetrics-text',
    'text/plain',
    '*/*',
    ';',
    ',',
    'q=',
    '0.5',
    '"',
    '\\',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join('')),
      ),
      (accept) => {
        expect([text, openMetrics]).toContainEqual(negotiate(accept));
      },
    ),
    { numRuns: 5_000 },
  );
});

it('a long header takes linear time', () => {
  const started = process.cpuUsage();
  for (const piece of ['text/plain,', ';', ',', '"', ' ', 'application/openmetrics-text;q=0.1,', '\\"']) {
    negotiate(piece.repeat(200_000));
  }
  // microseconds of this process, whatever else the machine does
  expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
});
