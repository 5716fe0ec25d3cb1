import { describe, expect, it } from 'vitest';
import { fleet, type Measured, projection } from './projection.mjs';

const measured: Measured = {
  agentMicrosPerSpan: 20,
  agentMebibytes: 120,
  gatewayMicrosPerSpan: 10,
  gatewayMostSpans: 20_000,
  gatewayIdleMebibytes: 100,
  gatewayBytesPerWaitingSpan: 1024,
  spanBytes: 400,
  keptSpanBytes: 50,
  prometheusBytesPerSeries: 4096,
  prometheusMicrosPerSample: 2,
};
const small = {
  ...fleet,
  services: 100,
  processesEach: 2,
  processesAMachine: 10,
  requestsPerSecond: 10,
  spansARequest: 5,
};
const resultOf = (what: string) => projection(measured, small).find((row) => row.what.startsWith(what))?.result;

describe('the projection of what a fleet needs', () => {
  it('adds up spans over processes and machines', () => {
    expect(resultOf('processes')).toBe('200');
    expect(resultOf('machines')).toBe('20');
    expect(resultOf('spans a second')).toBe('10,000');
    expect(resultOf('spans a second in an agent')).toBe('500');
    expect(resultOf('an agent')).toBe('0.01, 120 MiB');
    expect(resultOf('network from an agent')).toBe('1.6 Mbit/s');
  });

  it('has a gateway more than are needed, and memory for what waits while one is away', () => {
    // 10,000 of 20,000 × 0.4 are two, and one more
    expect(resultOf('gateways')).toBe('3');
    expect(resultOf('processors that they use')).toBe('0.1');
    // 10 s of 5,000 spans at 1,024 bytes
    expect(resultOf('memory of a gateway')).toBe('149 MiB');
    expect(resultOf('open traces')).toBe('2,500');
  });

  it('counts what leaves, and series', () => {
    expect(resultOf('spans a day')).toBe('103,680,000');
    expect(resultOf('network to the backend')).toBe('0.5 Mbit/s');
    expect(resultOf('series')).toBe('200,000');
    expect(resultOf('samples')).toBe('6,667');
    expect(resultOf('Prometheus: memory')).toBe('0.8 GiB');
    expect(resultOf('Prometheus: processors')).toBe('0.01');
  });
});
