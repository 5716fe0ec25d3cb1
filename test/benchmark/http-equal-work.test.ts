import { expect, it } from 'vitest';
import { compareHttpWork } from './http-equal-work.mjs';

const span = (attributes: Record<string, unknown> = {}, rest = {}) => ({
  name: 'GET',
  kind: 2,
  status: 0,
  isRoot: true,
  hasIds: true,
  hasTimes: true,
  attributes: { 'http.request.method': { stringValue: 'GET' }, 'server.port': { intValue: 1 }, ...attributes },
  ...rest,
});
const point = (attributes: Record<string, unknown> = {}, name = 'http.server.request.duration', count = 2) => ({
  name,
  unit: 's',
  type: 0,
  attributes: { 'http.request.method': 'GET', ...attributes },
  value: { count, boundaries: [1] },
});
const work = (attributes = {}) => ({ spans: [span(attributes), span(attributes)], points: [point()] });
const server = { requests: 2, isClient: false };
const client = { requests: 2, isClient: true };

it('finds work equal that differs in ports alone', () => {
  const ours = work({ 'server.port': { intValue: 2 } });
  expect(compareHttpWork(work(), ours, server)).toBe('2 spans and 1 metric point of each compared; ours lack none');
});

it('names what ours write beyond theirs', () => {
  const ours = {
    spans: work({ 'http.route': 'x' }).spans,
    points: [point(), point({}, 'http.server.active_requests')],
  };
  expect(compareHttpWork(work(), ours, server)).toBe(
    '2 spans and 1 metric point of each compared; ours lack none; only ours: http.route; metrics of ours alone: http.server.active_requests',
  );
});

it('excuses on clients what is not of the conventions, and says so', () => {
  const theirs = work({ 'url.query': { stringValue: '' } });
  expect(compareHttpWork(theirs, work(), client)).toContain('only theirs: url.query (on client spans');
  expect(() => compareHttpWork(theirs, work(), server)).toThrow('span: ours have no url.query');
});

it.each([
  ['an attribute that ours lack', work({ 'url.full': 'x' }), work(), 'span: ours have no url.full'],
  ['another value', work({ a: 1 }), work({ a: 2 }), 'span: a: theirs 1, ours 2'],
  ['another name', work(), { ...work(), spans: [span(), span({}, { name: 'GET /' })] }, 'span: theirs {"name":"GET"'],
  ['a span too few', work(), { ...work(), spans: [span()] }, '1 spans of 2 arrived'],
  [
    'a span without times',
    work(),
    { ...work(), spans: [span(), span({}, { hasTimes: false })] },
    'without ids or times',
  ],
  ['no metric', work(), { ...work(), points: [] }, 'ours have no http.server.request.duration'],
  ['another count', work(), { ...work(), points: [point({}, undefined, 1)] }, 'theirs {"name":"http.server'],
  ['a label that ours lack', { ...work(), points: [point({ x: 1 })] }, work(), 'duration: ours have no x'],
  [
    'no metric of theirs',
    { ...work(), points: [point({ 'http.request.method': 'POST' })] },
    work(),
    'theirs have no metric',
  ],
])('throws on %s', (_what, theirs, ours, message) => {
  expect(() => compareHttpWork(theirs, ours, server)).toThrow(message);
});
