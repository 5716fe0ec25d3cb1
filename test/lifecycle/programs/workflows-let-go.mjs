import { setTimeout as delay } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { workflowFunnel } from '@otel-monitor/usage';

// one kind of copy records and the other is asked: they are one store
const monitor = createMonitor({ name: 'program' });

const kept = [];
function work() {
  for (let run = 0; run < 3000; run++) {
    const workflow = monitor.startWorkflow('import');
    workflow.step('upload');
    if (run % 3 === 0) workflow.step('parse').complete();
    else if (run % 3 === 1) kept.push(workflow);
    // the others are let go
  }
}
work();
const atOnce = workflowFunnel('import')?.runs;
// longer than runs are held
await delay(1500);
globalThis.gc();
let collected;
for (let tries = 0; tries < 50; tries++) {
  await delay(20);
  collected = workflowFunnel('import');
  if (collected.runs.abandoned === 1000) break;
  globalThis.gc();
}
for (const workflow of kept) workflow.complete();
const ended = workflowFunnel('import')?.runs;
console.log(
  JSON.stringify({
    atOnce,
    collected: collected.runs,
    steps: collected.steps.map(({ name, left }) => [name, left.abandoned]),
    ended,
  }),
);
