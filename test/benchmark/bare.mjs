import { work } from './work.mjs';

/** The same calls with nothing recorded. */
export async function setUp() {
  return {
    sync: (i) => run(() => work(i)),
    async: (i) => run(async () => work(i)),
    within: (callback) => run(callback),
    flush: async () => {},
    points: async () => [],
  };
}

function run(callback) {
  return callback();
}
