import { setTimeout as sleep } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { TileSheet } from './tiles.js';

const monitor = createMonitor({ name: 'spritepal', version: '1.4.0' });
const sheet = new TileSheet(4);

function drawWrongly(): void {
  try {
    sheet.draw(4 + Math.floor(Math.random() * 1000));
  } catch (error) {
    monitor.captureError(error);
  }
}

async function run(): Promise<void> {
  for (let count = 0; count < 3; count += 1) drawWrongly();
  const before = monitor.errors.groups().map(({ id }) => id);
  for (let tries = 0; tries < 200 && !monitor.errors.groups()[0]?.culprit?.includes('.ts'); tries += 1) {
    await sleep(50);
    drawWrongly();
  }
  const groups = monitor.errors.groups().map(({ id, title, culprit, count }) => ({ id, title, culprit, count }));
  console.log(JSON.stringify({ before, groups, old: before.map((id) => monitor.errors.get(id)?.id) }));
}

void run();
