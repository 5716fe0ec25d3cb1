import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cleanup } from '../../src/launcher/cleanup.js';
import { Service } from '../../src/launcher/service.js';

/** Listens as the services do, says so, and ends on SIGTERM. */
const GOOD = `
import { createServer } from 'node:http';
const server = createServer((request, response) => response.end(String(process.pid)));
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log('monitoring http://127.0.0.1:' + (Number(process.env.OTEL_EXPORTER_PROMETHEUS_PORT) || 4711));
  console.log('listening http://127.0.0.1:' + server.address().port);
  console.error('a warning');
});
process.on('SIGTERM', () => process.exit(0));
if (process.env.SIZEWISE_END_WITH_STDIN === '1') process.stdin.on('end', () => process.exit(0)).resume();
`;

describe('a service of the launcher', () => {
  let folder: string;
  let said: string[];
  let service: Service;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-launcher-'));
    said = [];
  });
  afterEach(async () => {
    await service?.end();
    rmSync(folder, { recursive: true });
  });

  const make = (program: string) => {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, program);
    service = new Service({ name: 'demo', command: process.execPath, args: [file], env: process.env }, (text) =>
      said.push(text),
    );
    return service;
  };
  const exists = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('is started when it says where it listens; what else it says is marked with its name', async () => {
    const { url, monitoringUrl } = await make(GOOD).start();
    expect(monitoringUrl).toBe('http://127.0.0.1:4711');
    expect(await (await fetch(url)).text()).toBe(String(service.pid));
    await service.end();
    expect(exists(service.pid!)).toBe(false);
    expect(said).toEqual(['[demo] a warning']);
  });

  it('is at the same addresses when it is started again', async () => {
    const first = await make(GOOD).start();
    await service.end();
    expect(await service.start()).toEqual(first);
    expect(await (await fetch(first.url)).text()).toBe(String(service.pid));
  });

  it('that ends before it listens is an error, and what it said is shown', async () => {
    await expect(make('console.error("no port"); process.exit(1)').start()).rejects.toThrow('demo did not start');
    expect(said).toEqual(['[demo] no port']);
  });

  it('that cannot be run is an error', async () => {
    service = new Service({ name: 'demo', command: '/nowhere/python3', args: [], env: {} }, (text) => said.push(text));
    await expect(service.start()).rejects.toThrow('demo did not start');
    expect(said.join()).toContain('ENOENT');
  });

  it('can be ended before it was started', async () => {
    await make(GOOD).end();
    expect(() => service.address).toThrow('demo was not started');
  });
});

describe('the cleanup', () => {
  it('ends what was started last first, and goes on when one fails', async () => {
    const ended: string[] = [];
    const cleanup = new Cleanup();
    const add = (name: string, fails = false) =>
      cleanup.add({
        end: async () => {
          if (fails) throw new Error(name);
          ended.push(name);
        },
        kill: () => ended.push(`${name} killed`),
      });
    add('sink');
    add('catalogue', true);
    add('gateway');
    await cleanup.run();
    cleanup.killAll();
    expect(ended).toEqual(['gateway', 'catalogue killed', 'sink']);
  });
});
