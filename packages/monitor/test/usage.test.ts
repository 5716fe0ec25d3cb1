import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor } from '../src/monitor.js';

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

describe('the use of the service', () => {
  it('is the same for every monitor of the process', () => {
    const [one, other] = [createMonitor({ name: 'one' }), createMonitor({ name: 'other' })];
    one.trackFeature('batch_extraction', 'completed', { userId: 'u1', durationSeconds: 1.5 });
    other.trackFeature('batch_extraction', 'completed', { userId: 'u1', error: new RangeError('tile 12') });
    expect(one.usage).toBe(other.usage);
    expect(one.usage.feature('batch_extraction')).toMatchObject({ uses: 2, failures: 1, successRate: 0.5, users: 1 });
  });

  it('knows as an active user whoever is told of, and whoever met an error', () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const users = () => monitor.usage.activeUsers().daily.users;
    const before = users();
    monitor.trackUser('there');
    monitor.captureError(new Error('no'), { userId: 'met an error' });
    monitor.trackError('ExtractionError', 'no', 'extraction', { userId: 'met another' });
    monitor.captureError(new Error('no'), { userId: 'there' });
    monitor.captureError(new Error('no'));
    expect(users()).toBe(before + 3);
  });

  it('is not asked of options that cannot be read: the error has its id', () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const options = Object.defineProperty({}, 'userId', {
      get: () => {
        throw new Error('refused');
      },
    });
    expect(monitor.captureError(new Error('no'), options)).toMatch(/^[0-9a-f-]+$/);
  });
});
