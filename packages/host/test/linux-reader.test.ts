import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LinuxReader } from '../src/linux-reader.js';

const folders: string[] = [];

function proc(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'proc-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('reading /proc', () => {
  it('puts together what the files tell', () => {
    const root = proc({
      stat: 'cpu  100 0 200 300\n',
      meminfo: 'MemTotal: 1000 kB\nMemAvailable: 400 kB\n',
      'self/status': 'VmSize:\t 30 kB\nVmRSS:\t 20 kB\nThreads:\t7\n',
      'self/io': 'read_bytes: 1\nwrite_bytes: 2\n',
      diskstats: '8 0 sda 1 0 2 0 3 0 4 0 0 0 0\n',
      'self/net/dev': 'eth0: 5 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0\n',
    });
    expect(new LinuxReader(root).read()).toEqual({
      cpu: { user: 1, nice: 0, system: 2, idle: 3 },
      memory: { total: 1_024_000, available: 409_600 },
      process: { memory: 20_480, virtualMemory: 30_720, threads: 7 },
      fileDescriptors: undefined,
      processDisk: { read: 1, written: 2 },
      disks: [{ device: 'sda', bytes: { read: 1024, written: 2048 }, operations: { read: 1, written: 3 } }],
      interfaces: [{ name: 'eth0', received: 5, transmitted: 6 }],
    });
  });

  it('leaves out what is missing, and does not ask for it again', () => {
    const root = proc({ meminfo: 'MemTotal: 1000 kB\nMemAvailable: 400 kB\n' });
    const reader = new LinuxReader(root);
    const { memory, ...rest } = reader.read();
    expect(memory).toEqual({ total: 1_024_000, available: 409_600 });
    expect(rest).toEqual({ process: {} });
    writeFileSync(join(root, 'stat'), 'cpu  100 0 200 300\n');
    expect(reader.read().cpu).toBeUndefined();
    expect(new LinuxReader(root).read().cpu).toBeDefined();
  });

  it('gives nothing where /proc is not mounted, or holds folders in place of files', () => {
    expect(new LinuxReader('/nowhere').read()).toEqual({ process: {} });
    const root = proc({ 'stat/x': '', 'meminfo/x': '', 'self/status/x': '' });
    expect(new LinuxReader(root).read()).toEqual({ process: {} });
  });

  it('reads files longer than its buffer, and of endless ones the beginning', () => {
    const line = (name: string) => `8 0 ${name} 1 0 2 0 3 0 4 0 0 0 0\n`;
    const loops = Array.from({ length: 2000 }, (_, i) => line(`loop${i}`)).join('');
    const { disks } = new LinuxReader(proc({ diskstats: loops + line('sda') })).read();
    expect(disks?.map(({ device }) => device)).toEqual(['sda']);
    const endless = new LinuxReader(proc({ diskstats: line('sda') + loops.repeat(20) + line('sdb') })).read();
    expect(endless.disks?.map(({ device }) => device)).toEqual(['sda']);
  });
});

describe.runIf(process.platform === 'linux')('the real /proc (needs Linux)', () => {
  it('leaves no descriptor open over many readings', () => {
    const reader = new LinuxReader();
    const open = () => readdirSync('/proc/self/fd').length;
    reader.read();
    const before = open();
    for (let i = 0; i < 1000; i += 1) reader.read();
    expect(open() - before).toBeLessThanOrEqual(2);
  });

  it('counts descriptors and threads as the kernel lists them', () => {
    const reader = new LinuxReader();
    const before = reader.read();
    expect(before.process.threads).toBe(readdirSync('/proc/self/task').length);
    const more = Array.from({ length: 50 }, () => openSync('/dev/null', 'r'));
    const after = reader.read();
    for (const each of more) closeSync(each);
    // kernels before 6.2 count in the background
    if (before.fileDescriptors === undefined || after.fileDescriptors === undefined) return;
    expect(after.fileDescriptors - before.fileDescriptors).toBe(50);
  });

  it('agrees with the tools of the system', () => {
    const { memory, cpu } = new LinuxReader().read();
    const total = Number(/MemTotal:\s+(\d+)/.exec(execFileSync('cat', ['/proc/meminfo'], { encoding: 'utf8' }))?.[1]);
    expect(memory?.total).toBe(total * 1024);
    expect(Object.keys(cpu ?? {})).toEqual(['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'steal']);
  });
});
