/**
 * What `--require @otel-monitor/node/register` loads. Node loads it in the thread of its module hooks as well, which runs
 * nothing of the program, and where some versions (before 24.11.1) cannot load an ES module: nothing may happen there.
 */
const threads: typeof import('node:worker_threads') = require('node:worker_threads');

/** That thread says so from Node 22 on; before it is a worker that nobody talks to. */
const { isInternalThread } = threads as { readonly isInternalThread?: boolean };
const isHooksThread = isInternalThread ?? (!threads.isMainThread && threads.parentPort === null);

if (!isHooksThread) require('./register.js');
