import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type MonitoringOptions } from '@otel-monitor/config';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attach } from '../src/attach.js';
import { stateKeeper } from '../src/kept-state.js';
import type { Monitoring } from '../src/monitoring.js';

let directory: string;
let running: Monitoring | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'otel-monitor-attach-'));
});
afterEach(async () => {
  await running?.shutdown();
  running = undefined;
  rmSync(directory, { recursive: true, force: true });
  Object.assign(runtimeState, initialState());
});

async function start(options: MonitoringOptions = {}): Promise<Monitoring> {
  const { config } = loadConfig({
    code: { server: false, host: { enabled: false }, service: { name: 'shop' }, state: { directory }, ...options },
    env: {},
  });
  running = await attach(config);
  return running;
}

describe('what outlives the process', () => {
  it('is kept where the configuration says, and the status tells it', async () => {
    const { status, monitor } = await start();
    expect(status().state).toMatchObject({ state: 'waiting', directory: join(directory, 'shop'), problems: [] });
    monitor.trackError('Corrupt', 'tile 12 out of range');
    await running?.flush();
    expect(status().state).toMatchObject({ state: 'open', slot: 0, failedFlushes: 0, problems: [] });
    expect(status().state.bytes).toBeGreaterThan(0);
  });

  it('has the key of user hashes that all processes of the service share', async () => {
    await start();
    expect(runtimeState.userHashKey).toBeUndefined();
    await stateKeeper()?.open();
    const kept = readFileSync(join(directory, 'shop', 'user-hash.key'), 'latin1').trim();
    expect(runtimeState.userHashKey).toBe(kept);
  });

  it('has that key soon after the next start, before the files are open', async () => {
    await start();
    await stateKeeper()?.open();
    const kept = runtimeState.userHashKey;
    await running?.shutdown();
    runtimeState.userHashKey = undefined;
    const { status } = await start();
    await expect.poll(() => runtimeState.userHashKey, { interval: 5 }).toBe(kept);
    expect(status().state.directory).toBe(join(directory, 'shop'));
  });

  it('leaves a key that was configured alone, and makes none', async () => {
    await start({ redaction: { userHashKey: '0123456789abcdef' } });
    await stateKeeper()?.open();
    expect(runtimeState.userHashKey).toBe('0123456789abcdef');
    expect(() => readFileSync(join(directory, 'shop', 'user-hash.key'))).toThrow('ENOENT');
  });

  it.each([{ state: { enabled: false } }, { enabled: false }])('is nothing with %j', async (options) => {
    const { status } = await start(options);
    expect(stateKeeper()).toBeUndefined();
    expect(status().state.state).toBe('off');
  });

  it('ends with monitoring, and goes on in the same slot with the next start', async () => {
    for (let run = 0; run < 2; run += 1) {
      const { status, monitor } = await start();
      monitor.trackError('Corrupt', 'tile 12 out of range');
      await running?.flush();
      expect(status().state.slot).toBe(0);
      await running?.shutdown();
      expect(stateKeeper()).toBeUndefined();
      expect(status().state.state).toBe('off');
    }
  });
});
