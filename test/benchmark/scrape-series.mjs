/** What both sides record, the same by number of the scrape: histograms with 14 boundaries, a tenth new or changed each time. */
export const NAME = 'monitor.operation.duration';
export const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
export const SCOPE = { name: 'benchmark', version: '1.0.0' };

/** As many as make 5,000 in the middle of the measured scrapes. */
const SERIES = 4650;
const CHANGED = 475;
const NEW = 25;
/** Records on each series before the first scrape. */
const RECORDS = 20;

/** Durations from 1 ms to 5 s, as many of each order. */
function duration(number) {
  return 0.001 * 5000 ** (((number * 379) % 1024) / 1024);
}

/** Records through `bind(name)`, which gives a function; returns what is to be called before each scrape. */
export function recordSeries(bind) {
  const series = [];
  const add = () => series.push(bind(`operation ${series.length}`));
  let number = 0;
  const record = (index, times) => {
    for (let i = 0; i < times; i += 1) series[index](duration(number++));
  };
  for (let index = 0; index < SERIES; index += 1) {
    add();
    record(index, RECORDS);
  }
  let scrape = 0;
  return () => {
    scrape += 1;
    for (let i = 0; i < CHANGED; i += 1) record((scrape * CHANGED + i * 7) % series.length, 1);
    for (let i = 0; i < NEW; i += 1) {
      add();
      record(series.length - 1, RECORDS);
    }
  };
}
