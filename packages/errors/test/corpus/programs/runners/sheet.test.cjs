const { openSheet } = require('./faults.cjs');
const { tell } = require('./report.cjs');

const run = globalThis.test ?? globalThis.it ?? require('node:test').test;
run('a sheet without a name', () => {
  try {
    openSheet(undefined);
  } catch (error) {
    tell('runner: no name', error);
  }
});
run('a sheet that comes later', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  try {
    openSheet(undefined);
  } catch (error) {
    tell('runner: no name', error);
  }
});
