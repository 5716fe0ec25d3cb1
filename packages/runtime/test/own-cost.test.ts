import { describe, expect, it } from 'vitest';
import { OwnCostMeter } from '../src/own-cost.js';

function meterAt(uptimeSeconds = 100) {
  let millis = 0;
  const meter = new OwnCostMeter(
    () => millis,
    () => uptimeSeconds,
  );
  const work = (cost: number) => {
    millis += cost;
  };
  return { meter, work };
}

describe('own cost', () => {
  it('adds up the time of background work and gives back what it returned', () => {
    const { meter, work } = meterAt();
    const value = meter.time(() => {
      work(30);
      return 'done';
    });
    meter.time(() => work(20));
    expect(value).toBe('done');
    expect(meter.report()).toEqual({ cpuSeconds: 0.05, cpuPercent: 0.05, bytesWritten: 0, memoryBytes: 0 });
  });

  it('counts nested work once', () => {
    const { meter, work } = meterAt();
    meter.time(() => {
      work(10);
      meter.time(() => work(5));
    });
    expect(meter.report().cpuSeconds).toBe(0.015);
  });

  it('counts work that throws, passes the error on, and goes on counting', () => {
    const { meter, work } = meterAt();
    const error = new Error('broken');
    const broken = () =>
      meter.time(() => {
        work(10);
        throw error;
      });
    expect(broken).toThrow(error);
    meter.time(() => work(10));
    expect(meter.report().cpuSeconds).toBe(0.02);
  });

  it('is not fooled by a clock that goes back, a length that is no number, or a process that has just started', () => {
    const { meter, work } = meterAt(0);
    meter.time(() => work(-50));
    meter.bytesWritten(Number.NaN);
    meter.bytesWritten(-1);
    meter.bytesWritten(Number.POSITIVE_INFINITY);
    meter.bytesWritten(1500);
    expect(meter.report()).toEqual({ cpuSeconds: 0, cpuPercent: 0, bytesWritten: 1500, memoryBytes: 0 });
  });

  it('asks each part what it holds, bears one that throws, and forgets one that ended', () => {
    const { meter } = meterAt();
    meter.memoryHeld('queue', () => 1000);
    meter.memoryHeld('broken', () => {
      throw new Error('no');
    });
    const end = meter.memoryHeld('history', () => 500);
    meter.memoryHeld('queue', () => 2000);
    expect(meter.report().memoryBytes).toBe(2500);
    end();
    expect(meter.report().memoryBytes).toBe(2000);
  });

  it('measures real work', () => {
    const meter = new OwnCostMeter();
    meter.time(() => {
      const end = performance.now() + 30;
      while (performance.now() < end);
    });
    expect(meter.report().cpuSeconds).toBeGreaterThan(0.005);
    expect(meter.report().cpuSeconds).toBeLessThan(1);
  });
});
