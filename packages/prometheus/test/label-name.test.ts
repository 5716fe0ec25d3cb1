import { expect, it } from 'vitest';
import { prometheusLabelName } from '../src/index.js';

it.each([
  ['http.route', 'http_route'],
  ['a', 'a'],
  ['A9', 'A9'],
  ['a__b', 'a__b'],
  ['name (of the host)', 'name__of_the_host_'],
  ['a:b', 'a_b'],
  ['2xx', 'key_2xx'],
  ['_x', '_x'],
  ['größe', 'gr__e'],
  ['👍', '_'],
  ['x👍', 'x_'],
  // the Collector drops series with these
  ['__name__', '_name_'],
  ['é.x', '_x'],
  ['日本', '_'],
  ['', ''],
])('%j is %j', (key, expected) => {
  expect(prometheusLabelName(key)).toBe(expected);
});
