import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { serviceFolder } from '../../src/place/service-folder.js';
import { statePlace } from '../../src/place/state-place.js';

const home = () => '/home/me';

it.each([
  [{}, '/home/me/.local/state/otel-monitor'],
  [{ XDG_STATE_HOME: '/state' }, '/state/otel-monitor'],
  [{ XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/otel-monitor'],
  [{ XDG_STATE_HOME: '/state', STATE_DIRECTORY: '/var/lib/shop:/var/lib/other' }, '/var/lib/shop'],
  [{ STATE_DIRECTORY: 'relative' }, '/home/me/.local/state/otel-monitor'],
  [{ STATE_DIRECTORY: '', XDG_STATE_HOME: '' }, '/home/me/.local/state/otel-monitor'],
])('with %j state belongs in %s', (env, path) => {
  expect(statePlace(undefined, env, home)).toEqual({ path, isConfigured: false });
});

it('the configured folder wins, and may be relative', () => {
  const env = { STATE_DIRECTORY: '/var/lib/shop' };
  expect(statePlace('/data', env, home)).toEqual({ path: '/data', isConfigured: true });
  expect(statePlace('data', env, home)).toEqual({ path: resolve('data'), isConfigured: true });
});

it('a user without a home has no place', () => {
  expect(statePlace(undefined, {}, () => '')).toBeUndefined();
  const unknownUser = () => {
    throw new Error('no such user');
  };
  expect(statePlace(undefined, {}, unknownUser)).toBeUndefined();
});

it.each([
  [{ name: 'shop', namespace: undefined }, 'shop'],
  [{ name: 'shop-2.api_v1', namespace: undefined }, 'shop-2.api_v1'],
  [{ name: '../../etc', namespace: undefined }, /^_._.._etc-[\da-f]{8}$/],
  [{ name: '.hidden', namespace: undefined }, /^_hidden-[\da-f]{8}$/],
  [{ name: 'a/b', namespace: undefined }, /^a_b-[\da-f]{8}$/],
  [{ name: 'größe', namespace: undefined }, /^gr__e-[\da-f]{8}$/],
  [{ name: 'shop', namespace: 'eu' }, /^eu\.shop-[\da-f]{8}$/],
  [{ name: 'x'.repeat(500), namespace: undefined }, /^x{80}-[\da-f]{8}$/],
])('the folder of %j', (service, expected) => {
  expect(serviceFolder(service, '/app/main.js')).toMatch(expected);
});

it('names that are cleaned to the same have folders of their own', () => {
  const names = ['a/b', 'a b', 'a_b', 'a\\b', 'A_b'];
  const folders = names.map((name) => serviceFolder({ name, namespace: undefined }, ''));
  expect(new Set(folders).size).toBe(names.length);
  expect(serviceFolder({ name: 'b', namespace: 'a' }, '')).not.toBe(
    serviceFolder({ name: 'a.b', namespace: undefined }, ''),
  );
  expect(serviceFolder({ name: 'c', namespace: 'a.b' }, '')).not.toBe(
    serviceFolder({ name: 'b.c', namespace: 'a' }, ''),
  );
});

it('two programs without a name do not share a folder', () => {
  const service = { name: 'unknown_service:node', namespace: undefined };
  expect(serviceFolder(service, '/app/one.js')).toMatch(/^unknown_service_node-[\da-f]{8}$/);
  expect(serviceFolder(service, '/app/one.js')).not.toBe(serviceFolder(service, '/app/two.js'));
  expect(serviceFolder(service, '/app/one.js')).toBe(serviceFolder(service, '/app/one.js'));
});
