import { expect, it } from 'vitest';
import type { ReceivedSpan } from '../src/spans-by-otlp.js';
import { traceLines } from '../src/trace-lines.js';

const span = (given: Partial<ReceivedSpan>): ReceivedSpan => ({
  traceId: 't',
  spanId: '1',
  parentSpanId: undefined,
  name: 'place',
  kind: 1,
  startMillis: 1000,
  endMillis: 1005,
  errorType: undefined,
  attempt: undefined,
  links: [],
  service: 'shop',
  ...given,
});

it('a trace is a tree in the order of time, then what is linked to it', () => {
  const spans = [
    span({
      spanId: '3',
      parentSpanId: '2',
      name: 'work',
      kind: 5,
      startMillis: 1010.25,
      endMillis: 1012,
      service: 'worker',
      attempt: 2,
    }),
    span({
      spanId: '4',
      parentSpanId: '2',
      name: 'work',
      kind: 5,
      startMillis: 1003,
      service: 'worker',
      attempt: 1,
      errorType: 'RangeError',
    }),
    span({ spanId: '2', parentSpanId: '1', name: 'send', kind: 4 }),
    span({}),
    span({
      traceId: 'other',
      spanId: '9',
      name: 'batch',
      links: [
        { traceId: 't', spanId: '2' },
        { traceId: 'x', spanId: '1' },
      ],
    }),
    span({ traceId: 'x', spanId: '9', name: 'unrelated' }),
  ];
  expect(traceLines(spans, 't')).toEqual([
    '  place        0.0 ms +  5.0  shop',
    '    send       0.0 ms +  5.0  shop         producer',
    '      work     3.0 ms +  2.0  worker       consumer  attempt 1  failed: RangeError',
    '      work    10.3 ms +  1.8  worker       consumer  attempt 2',
    '  batch, in the trace other, has 2 links, 1 of them to this trace',
  ]);
});

it('of a trace that is not there are no lines', () => {
  expect(traceLines([], 't')).toEqual([]);
});
