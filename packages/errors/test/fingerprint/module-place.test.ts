import { describe, expect, it } from 'vitest';
import { buildName, isBuildSegment } from '../../src/fingerprint/content-hash.js';
import { moduleName, modulePlace } from '../../src/fingerprint/module-place.js';

const nameOf = (location: string, root?: string) => {
  const place = modulePlace(location, root);
  return [place.kind, place.packageName, moduleName(place, place.machineParts ?? 0)];
};

describe('a module has one name', () => {
  it.each([
    '/home/alice/shop/src/orders/load.ts',
    '/Users/bob/work/shop/dist/orders/load.js',
    '/app/dist/orders/load.js',
    '/app/orders/load.js',
    '/usr/src/app/build/orders/load.js',
    '/var/task/orders/load.mjs',
    '/srv/shop/releases/20261124/dist/orders/load.cjs',
    'C:\\Users\\bob\\shop\\src\\orders\\load.ts',
    'file:///D:/work/shop/dist/orders/load.js',
    'file:///home/alice/my%20shop/dist/orders/load.js',
    'webpack-internal:///./src/orders/load.js',
    'webpack-internal:///(rsc)/./src/orders/load.tsx',
    'webpack://shop/./src/orders/load.ts?3f2a',
  ])('on every machine and in every build: %s', (location) => {
    expect(nameOf(location)).toEqual(['application', undefined, 'orders/load']);
  });

  it.each([
    ['https://shop.example/assets/main-BxT3k9aZ.js?v=3', 'assets/main'],
    ['https://cdn.example/assets/main-QW34ERTY.js', 'assets/main'],
    ['http://localhost:3000/_next/static/chunks/pages/index-0f3c2e11.js', '_next/static/chunks/pages/index'],
    ['/app/.next/server/app/orders/page.js', 'server/app/orders/page'],
    ['/app/.next/server/chunks/417.js', 'server/chunks/*'],
    ['data:text/javascript,throw%201', '<data>'],
    ['blob:https://shop.example/5b4c-11', '<blob>'],
    ['[eval]', '[eval]'],
    ['wasm://wasm/sprites-0a1b2c3d:wasm-function[12]:0x1a2b', 'sprites'],
  ])('%s', (location, name) => {
    expect(nameOf(location)).toEqual(['application', undefined, name]);
  });

  it('is told from the root of the application where it is known', () => {
    expect(nameOf('/data/shop/orders/load.js', '/data/shop')).toEqual(['application', undefined, 'orders/load']);
    expect(nameOf('/data/shop/workers/src/load.js', '/data/shop')).toEqual(['application', undefined, 'workers/load']);
    expect(nameOf('/data/shopping/src/load.js', '/data/shop')).toEqual(['application', undefined, 'load']);
  });

  it('differs for two files', () => {
    expect(nameOf('/app/users/index.js')).not.toEqual(nameOf('/app/orders/index.js'));
    expect(nameOf('/app/v1/users.js')).not.toEqual(nameOf('/app/v2/users.js'));
  });
});

describe('a library is its package', () => {
  it.each([
    ['/app/node_modules/express/lib/router.js', 'express', 'lib/router'],
    ['/app/node_modules/@koa/router/dist/index.js', '@koa/router', 'index'],
    ['/app/node_modules/.pnpm/express@5.3.0/node_modules/express/lib/router.js', 'express', 'lib/router'],
    [
      '/app/node_modules/.pnpm/@koa+router@15.7.0_koa@3.3.0/node_modules/@koa/router/dist/index.js',
      '@koa/router',
      'index',
    ],
    [
      '/home/a/shop/.yarn/cache/express-npm-5.3.0-0a1b2c3d4e-5f60718293.zip/node_modules/express/lib/router.js',
      'express',
      'lib/router',
    ],
    ['C:\\shop\\node_modules\\express\\lib\\router.js', 'express', 'lib/router'],
    ['file:///app/node_modules/express/lib/router.js', 'express', 'lib/router'],
  ])('however it is installed: %s', (location, packageName, name) => {
    expect(nameOf(location)).toEqual(['library', packageName, name]);
  });
});

it.each(['node:fs', 'node:internal/timers', 'native', '<anonymous>', 'index 2', ''])(
  '%o is Node itself',
  (location) => {
    expect(modulePlace(location, undefined).kind).toBe('runtime');
  },
);

describe('the name of a file', () => {
  it.each([
    ['main.js', 'main', false],
    ['main.3f2a9c1b.js', 'main', true],
    ['main-3f2a9c1b0d.mjs', 'main', true],
    ['chunk-QK2VR7XA.js', 'chunk', true],
    ['index-BxT3k9aZ.js', 'index', true],
    ['app.min.js', 'app', true],
    ['417.3f2a9c1b.chunk.js', '*', true],
    ['417.js', '*', true],
    ['user-controller.js', 'user-controller', false],
    ['UserController.ts', 'UserController', false],
    ['order_service.test.ts', 'order_service.test', false],
    ['sha256.js', 'sha256', false],
    ['base64-decoder.js', 'base64-decoder', false],
    ['step-2.js', 'step-2', false],
    ['XMLHttpRequest.js', 'XMLHttpRequest', false],
    ['oauth2-callback.ts', 'oauth2-callback', false],
  ])('%s', (file, name, isBundled) => {
    expect(buildName(file)).toEqual({ name, isBundled });
  });

  it('is of one build when it is a hash or a number of a release', () => {
    expect(['0f3c2e11', '20261124', '5b4c1f0e-1111-4222-8333-444455556666'].map(isBuildSegment)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['orders', 'v2', 'utils', 'order-service', 'deadbeef'].map(isBuildSegment)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
