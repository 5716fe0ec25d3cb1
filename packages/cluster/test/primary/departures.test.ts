import { expect, it } from 'vitest';
import { Departures } from '../../src/primary/departures.js';

it('failures are shown for a minute, endings in order are counted alone', () => {
  let now = 0;
  const departures = new Departures(() => now);
  departures.add('1', { isFailure: false, text: 'exited with 0' });
  departures.add('2', { isFailure: true, text: 'exited with 1' });
  now = 59_900;
  expect(departures.failed).toEqual([{ id: '2', text: 'exited with 1', secondsAgo: 59 }]);
  now = 60_001;
  expect(departures.failed).toEqual([]);
  expect(departures.count).toBe(2);
});

it('of a thousand failures the last sixteen are kept', () => {
  const departures = new Departures(() => 0);
  for (let id = 1; id <= 1000; id += 1) departures.add(String(id), { isFailure: true, text: 'exited with 1' });
  expect(departures.failed.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => String(985 + index)));
  expect(departures.count).toBe(1000);
});
