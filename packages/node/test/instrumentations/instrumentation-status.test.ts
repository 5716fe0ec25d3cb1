import { describe, expect, it } from 'vitest';
import type { Instrumentation } from '../../src/instrumentations/instrumentation.js';
import { instrumentationStatus } from '../../src/instrumentations/instrumentation-status.js';

const status = { name: 'pg', state: 'enabled', package: 'x 1.0.0' } as const;
const read = (instrumentation: object) =>
  instrumentationStatus(status, { instrumentation: instrumentation as Instrumentation, path: '/x', version: '1.0.0' });

describe('the status of an instrumentation', () => {
  it('tells what is patched and what is in a version out of range', () => {
    const patched = { name: 'pg', moduleVersion: '8.23.1', moduleExports: {} };
    const byFile = { name: 'pg-pool', moduleVersion: '3.0.0', files: [{ name: 'x', moduleExports: {} }] };
    const notLoaded = { name: 'pg-native', files: [] };
    const outOfRange = { name: 'pg-cursor', moduleVersion: '9.0.0', files: [{ name: 'x' }] };
    expect(read({ _modules: [patched, byFile, notLoaded, outOfRange] })).toEqual({
      ...status,
      patched: ['pg 8.23.1', 'pg-pool 3.0.0'],
      unsupported: ['pg-cursor 9.0.0'],
    });
  });

  it('says a library once that two definitions are for, each for some versions', () => {
    const definitions = [
      { name: 'mongodb', moduleVersion: '7.0.0', files: [] },
      { name: 'mongodb', moduleVersion: '7.0.0', files: [{ name: 'x', moduleExports: {} }] },
    ];
    expect(read({ _modules: definitions })).toEqual({ ...status, patched: ['mongodb 7.0.0'] });
  });

  it('looks into the parts of one that is made of several', () => {
    const part = { _modules: [{ name: 'redis', moduleVersion: '3.0.0', moduleExports: {} }] };
    expect(read({ _modules: [], part, other: null })).toEqual({ ...status, patched: ['redis 3.0.0'] });
  });

  it('is as it was where nothing can be read', () => {
    expect(read({ _modules: [null] })).toEqual(status);
    expect(read({ _modules: 7 })).toEqual({ ...status, patched: [] });
  });
});
