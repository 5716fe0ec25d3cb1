import { runtimeState, type StateEntry } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Errors } from '../../src/errors.js';
import { errorGroups } from '../../src/groups/error-groups.js';
import { errorGroupsState } from '../../src/groups/error-groups-state.js';
import { errorQuery } from '../../src/query/error-query.js';

const errors = new Errors({ name: 'spritepal' }, () => undefined);

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const track = (userId: string) => errors.track('TileError', 'torn', undefined, { userId });
const users = () => errorQuery.groups()[0]?.users;

describe('users of errors before the key of the service was there', () => {
  it('count once when they come again under the key', () => {
    for (const userId of ['a', 'b', 'b', 'c']) track(userId);
    expect(users()).toBe(3);
    runtimeState.userHashKey = 'the key of the service';
    for (const userId of ['b', 'c', 'd']) track(userId);
    expect(users()).toBe(4);
  });

  it('are told under the key, and are the same after a restart', () => {
    for (const userId of ['a', 'b']) track(userId);
    runtimeState.userHashKey = 'the key of the service';
    const state = errorGroupsState();
    const kept: StateEntry[] = JSON.parse(JSON.stringify([...state.takeChanges()]));
    telemetry.reset();
    runtimeState.userHashKey = undefined;
    for (const userId of ['b', 'c']) track(userId);
    runtimeState.userHashKey = 'the key of the service';
    state.restore(kept, 1);
    expect(users()).toBe(3);
  });

  it('stay as they were counted where there were more than can be remembered', () => {
    for (let user = 0; user < 1500; user += 1) track(`user ${user}`);
    const before = users() as number;
    expect(before).toBeGreaterThan(1000);
    runtimeState.userHashKey = 'the key of the service';
    track('another');
    expect(users()).toBeGreaterThanOrEqual(before);
  });

  it('count once where two groups became one in between', () => {
    track('a');
    errors.track('TileError', 'whole', undefined, { userId: 'a' });
    errors.track('TileError', 'whole', undefined, { userId: 'b' });
    const [whole, torn] = errorQuery.groups({ sort: 'users' });
    errorGroups.merge(torn?.id ?? '', whole?.id ?? '');
    runtimeState.userHashKey = 'the key of the service';
    track('a');
    expect(errorQuery.groups().map((group) => [group.count, group.users])).toEqual([[4, 2]]);
  });

  it('of a group that left are forgotten', () => {
    track('a');
    runtimeState.errors.maxGroups = 1;
    errors.track('TileError', 'whole');
    runtimeState.userHashKey = 'the key of the service';
    track('a');
    expect(users()).toBe(1);
  });
});
