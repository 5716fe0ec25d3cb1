import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { collectStore, MetricStore } from '@otel-monitor/bound-metrics';
import { describe, expect, it } from 'vitest';
import { FileSystemMetrics } from '../src/metrics/file-system-metrics.js';
import type { MutableResourceReading } from '../src/resource-reading.js';

async function recorded(mountinfo: string | undefined, workingDirectory: string) {
  const root = mkdtempSync(join(tmpdir(), 'proc-'));
  mkdirSync(join(root, 'self'));
  if (mountinfo !== undefined) writeFileSync(join(root, 'self/mountinfo'), mountinfo);
  const store = new MetricStore();
  const metrics = new FileSystemMetrics(store.scope({ name: 'test' }), root, workingDirectory);
  const resources: MutableResourceReading = {};
  metrics.record(resources);
  await wait(100);
  metrics.record(resources);
  rmSync(root, { recursive: true });
  const points = collectStore(store)
    .flatMap((scope) => scope.metrics)
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, ...attributes, value: Number(value) })),
    );
  return { points, resources, store, metrics };
}

describe('file systems', () => {
  it('tells the space of the working directory and of the root, whose states add up to the whole', async () => {
    const folder = tmpdir();
    const mountinfo = `27 1 254:0 / / rw - ext4 /dev/vda rw\n28 1 254:1 / ${folder} rw - ext4 /dev/vdb rw\n`;
    const { points, resources } = await recorded(mountinfo, join(folder, 'app'));
    const mountpoints = new Set(points.map((point) => point['system.filesystem.mountpoint' as keyof typeof point]));
    expect([...mountpoints]).toEqual([folder, '/']);
    const { blocks, bsize, bfree, bavail } = await statfs(folder);
    const ofFolder = points.filter((point) => point['system.filesystem.mountpoint' as keyof typeof point] === folder);
    const sum = (name: string) =>
      ofFolder.filter((point) => point.name === name).reduce((total, { value }) => total + value, 0);
    expect(sum('system.filesystem.usage')).toBeCloseTo(blocks * bsize, -1);
    expect(sum('system.filesystem.utilization')).toBeCloseTo(1, 10);
    expect(resources.diskPercent).toBeCloseTo((100 * (blocks - bfree)) / (blocks - bfree + bavail), 0);
  });

  it('says nothing of a remote file system, of one that is not there, and where mounts cannot be read', async () => {
    const remote = '27 1 254:0 / / rw - nfs4 server:/ rw\n';
    expect((await recorded(remote, '/')).points).toEqual([]);
    expect((await recorded(undefined, '/')).points).toEqual([]);
    const gone = '28 1 254:1 / /not/there rw - ext4 /dev/vdb rw\n';
    expect((await recorded(gone, '/not/there')).points).toEqual([]);
  });

  it('gives nothing out once it is stopped, not even an answer that was under way', async () => {
    const { metrics, store } = await recorded('27 1 254:0 / / rw - ext4 /dev/vda rw\n', '/');
    expect(collectStore(store)).toHaveLength(1);
    metrics.record({});
    metrics.clear();
    await wait(50);
    expect(collectStore(store)).toEqual([]);
  });
});
