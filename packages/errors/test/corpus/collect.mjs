/**
 * Makes the corpus anew by really running its programs: `node packages/errors/test/corpus/collect.mjs [NAME …]`.
 * It installs libraries.json into the cache beside the Collector's, needs leave to make the folders of MACHINES (which must
 * not be there) and Debian's chromium for the browser's traces, and writes real/NAME.json. No test runs it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../../../scripts/collector-cache.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const libraries = JSON.parse(readFileSync(join(here, 'libraries.json'), 'utf8'));
const cache = install();
const node = (line) => join(cache, 'node_modules', `node${line}`, 'bin', 'node');

/** Where the same programs run: another folder, another Node. */
const MACHINES = [
  { name: 'node 20, container', folder: '/app', node: node(20) },
  { name: 'node 22, home', folder: '/home/alice/shop', node: node(22) },
  { name: 'node 24, server', folder: '/srv/shop/releases/20261124', node: node(24) },
];
/** Two builds of one release: another seed, and code before it that moves every name and column. */
const BUILDS = [
  { seed: '3', before: '' },
  { seed: '5', before: 'globalThis.flags = { one: (a, b) => a + b, two: (c, d) => c * d, three: (e) => [e, e] };\n' },
];

const collections = {
  plain: () => each((at) => run(at, 'plain', 'scripts', [['src/plain.cjs']])),
  modules: () => each((at) => run(at, 'modules', 'scripts', [['src/modules.mjs']])),
  services: () =>
    each((at) => [
      ...['express', 'koa', 'fastify', 'hono'].flatMap((name) =>
        run(at, 'services', 'services', [['src/web.cjs', name]], true),
      ),
      ...nest(at),
    ]),
  clients: () => each((at) => run(at, 'clients', 'services', [['src/clients.cjs']], true)),
  runners: () => each(runners),
  typescript: () => each(typescript),
  bundles: () => each(bundles),
  browser,
  layouts: () => [...pnpm(), ...yarn()],
};

const asked = process.argv.slice(2);
for (const [name, collect] of Object.entries(collections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const entries = await collect();
  mkdirSync(join(here, 'real'), { recursive: true });
  writeFileSync(join(here, 'real', `${name}.json`), `${JSON.stringify(entries, null, 1)}\n`);
  console.log(`${name}: ${entries.length} traces of ${new Set(entries.map(({ fault }) => fault)).size} faults`);
}

function each(collect) {
  return MACHINES.flatMap((machine) => {
    if (existsSync(machine.folder)) throw new Error(`${machine.folder} is there already`);
    const first = firstMissing(machine.folder);
    try {
      return collect(machine);
    } finally {
      rmSync(first, { recursive: true, force: true });
    }
  });
}

/** The topmost folder that is made for one of MACHINES, and removed with it. */
function firstMissing(folder) {
  let first = folder;
  while (!existsSync(dirname(first))) first = dirname(first);
  return first;
}

function place(machine, program, withLibraries) {
  rmSync(machine.folder, { recursive: true, force: true });
  mkdirSync(join(machine.folder, 'src'), { recursive: true });
  writeFileSync(join(machine.folder, 'package.json'), '{ "private": true, "name": "shop" }');
  cpSync(join(here, 'programs', program), join(machine.folder, 'src'), { recursive: true });
  cpSync(join(here, 'programs', 'scripts', 'report.cjs'), join(machine.folder, 'src', 'report.cjs'));
  if (withLibraries) {
    // hard links: the libraries must stand in the folder itself, since Node tells real paths
    execFileSync('cp', ['-al', join(cache, 'node_modules'), join(machine.folder, 'node_modules')]);
  }
}

function run(machine, kind, program, commands, withLibraries = false) {
  place(machine, program, withLibraries);
  return commands.flatMap((command) => traces(machine, kind, machine.node, command));
}

function traces({ name, folder }, kind, executable, command, env = {}) {
  const { stdout, stderr } = spawnSync(executable, command, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: `${dirname(executable)}:${process.env.PATH}`, HOME: '/home/alice', ...env },
  });
  const entries = entriesOf(stdout + stderr, kind, name);
  if (entries.length === 0) throw new Error(`${command.join(' ')} told nothing: ${stderr.slice(0, 2000)}`);
  return entries;
}

function entriesOf(output, kind, from) {
  return output
    .split('\n')
    .flatMap((line) => /@@(\{.*\})/.exec(line)?.[1] ?? [])
    .map((line) => JSON.parse(line))
    .map(({ fault, ...told }) => ({
      fault:
        fault.includes('connection refused') && !fault.includes('axios')
          ? fault.replace(/.*: /, '')
          : `${kind}: ${fault}`,
      from,
      ...told,
    }));
}

function nest(machine) {
  place(machine, 'services', true);
  const compiler = join(machine.folder, 'node_modules/typescript/bin/tsc');
  const options = [
    '--target',
    'es2022',
    '--module',
    'commonjs',
    '--experimentalDecorators',
    '--skipLibCheck',
    '--noCheck',
  ];
  spawnSync(machine.node, [compiler, ...options, '--outDir', 'dist', 'src/nest.ts'], { cwd: machine.folder });
  cpSync(join(machine.folder, 'src/report.cjs'), join(machine.folder, 'dist/report.cjs'));
  return traces(machine, 'services', machine.node, ['dist/nest.js']);
}

function runners(machine) {
  place(machine, 'runners', true);
  const bin = (path) => join(machine.folder, 'node_modules', path);
  writeFileSync(
    join(machine.folder, 'jest.config.json'),
    JSON.stringify({ testMatch: ['**/*.test.cjs'], moduleFileExtensions: ['js', 'cjs', 'json'], silent: false }),
  );
  writeFileSync(
    join(machine.folder, 'vitest.config.mjs'),
    'export default { test: { globals: true, include: ["src/*.test.cjs"], disableConsoleIntercept: true } };',
  );
  return [
    [bin('mocha/bin/mocha.js'), 'src/sheet.test.cjs'],
    [bin('jest/bin/jest.js'), '--runInBand', '--no-cache'],
    [bin('vitest/vitest.mjs'), 'run'],
    ['src/sheet.test.cjs'],
  ].flatMap((command) => traces(machine, 'runners', machine.node, command, { NODE_ENV: 'test' }));
}

function typescript(machine) {
  place(machine, 'typescript', true);
  const { folder } = machine;
  const bin = (path) => join(folder, 'node_modules', path);
  const compile = (outDir, target, module, type) => {
    spawnSync(
      machine.node,
      [
        bin('typescript/bin/tsc'),
        '--target',
        target,
        '--module',
        module,
        '--sourceMap',
        '--noCheck',
        '--outDir',
        outDir,
        'src/main.ts',
      ],
      { cwd: folder },
    );
    writeFileSync(join(folder, outDir, 'package.json'), JSON.stringify({ type }));
  };
  compile('dist', 'es2022', 'commonjs', 'commonjs');
  compile('build', 'es2022', 'es2022', 'module');
  writeFileSync(
    join(folder, 'src', 'tsconfig.json'),
    '{ "compilerOptions": { "target": "es2022", "module": "commonjs" }, "ts-node": { "experimentalResolver": true } }',
  );
  const told = (command) => traces(machine, 'typescript', machine.node, command);
  return [
    ...told(['dist/main.js', '3']),
    ...told(['build/main.js', '4']),
    ...told(['--enable-source-maps', 'dist/main.js', '5']),
    ...told([bin('tsx/dist/cli.mjs'), 'src/main.ts', '6']),
    ...told([bin('ts-node/dist/bin.js'), '--transpile-only', 'src/main.ts', '7']),
  ];
}

function bundles(machine) {
  place(machine, 'typescript', true);
  const { folder } = machine;
  const bin = (path) => join(folder, 'node_modules', path);
  const source = readFileSync(join(folder, 'src/main.ts'), 'utf8');
  const entries = [];
  for (const { seed, before } of BUILDS) {
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    rmSync(join(folder, 'js'), { recursive: true, force: true });
    writeFileSync(join(folder, 'src/before.ts'), `${before}export {};\n`);
    writeFileSync(join(folder, 'src/main.ts'), `import './before.js';\n${source}`);
    spawnSync(
      machine.node,
      [
        bin('typescript/bin/tsc'),
        '--target',
        'es2022',
        '--module',
        'es2022',
        '--moduleResolution',
        'bundler',
        '--noCheck',
        '--outDir',
        'js',
        'src/main.ts',
      ],
      { cwd: folder },
    );
    const esbuild = (...options) =>
      spawnSync(bin('esbuild/bin/esbuild'), ['src/main.ts', '--bundle', '--platform=node', ...options], {
        cwd: folder,
      });
    esbuild('--outfile=dist/plain/main.js');
    esbuild('--minify', '--entry-names=[name]-[hash]', '--outdir=dist/small');
    writeFileSync(
      join(folder, 'rollup.config.mjs'),
      `import terser from '@rollup/plugin-terser'; export default { input: 'js/main.js', output: { dir: 'dist/rolled', format: 'cjs', entryFileNames: '[name]-[hash].js' }, plugins: [terser({ module: true })] };`,
    );
    spawnSync(machine.node, [bin('rollup/dist/bin/rollup'), '-c', 'rollup.config.mjs', '--silent'], { cwd: folder });
    writeFileSync(
      join(folder, 'pack.cjs'),
      `const webpack = require('webpack'); const path = require('path');
       const build = (mode, devtool, dir, filename) => new Promise((done) => webpack({ mode, devtool, target: 'node', entry: './js/main.js', context: __dirname, output: { path: path.resolve('dist', dir), filename } }, () => done()));
       build('production', false, 'packed', '[name].[contenthash].js').then(() => build('development', 'eval', 'dev', 'main.js'));`,
    );
    spawnSync(machine.node, ['pack.cjs'], { cwd: folder });
    const told = (kind, dir, ...flags) => {
      const file = readdirSync(join(folder, dir)).find((name) => /\.[cm]?js$/.test(name));
      entries.push(...traces(machine, kind, machine.node, [...flags, join(dir, file), seed]));
    };
    told('bundled by esbuild', 'dist/plain');
    told('minified by esbuild', 'dist/small');
    told('minified by rollup', 'dist/rolled');
    told('minified by webpack', 'dist/packed');
    told('webpack of development', 'dist/dev');
  }
  return entries;
}

async function browser() {
  const folder = '/tmp/shop-pages';
  const entries = [];
  for (const [index, { before }] of BUILDS.entries()) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    cpSync(join(here, 'programs/typescript'), join(folder, 'src'), { recursive: true });
    const source = readFileSync(join(folder, 'src/main.ts'), 'utf8');
    writeFileSync(join(folder, 'src/before.ts'), `${before}export {};\n`);
    writeFileSync(join(folder, 'src/main.ts'), `import './before.js';\n${source}`);
    const esbuild = (...options) =>
      execFileSync(join(cache, 'node_modules/esbuild/bin/esbuild'), ['src/main.ts', '--log-level=error', ...options], {
        cwd: folder,
      });
    esbuild('--bundle', '--minify', '--entry-names=[name]-[hash]', '--outdir=site/assets');
    execFileSync(
      join(cache, 'node_modules/esbuild/bin/esbuild'),
      [
        'src/main.ts',
        'src/cart.ts',
        'src/orders.ts',
        'src/report.ts',
        'src/before.ts',
        '--log-level=error',
        '--outdir=site/modules',
      ],
      { cwd: folder },
    );
    const bundle = readdirSync(join(folder, 'site/assets'))[0];
    for (const [kind, script] of [
      ['browser, minified', `assets/${bundle}?v=${index}`],
      ['browser, modules', 'modules/main.js'],
    ]) {
      const page = `<!doctype html><body><script type="module" src="/${script}"></script></body>`;
      const server = createServer((request, response) => {
        const path = request.url.split('?')[0];
        if (path === '/') return response.setHeader('content-type', 'text/html').end(page);
        const file = join(folder, 'site', path);
        response.setHeader('content-type', 'text/javascript');
        return existsSync(file) ? response.end(readFileSync(file)) : response.writeHead(404).end();
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { stdout } = await chromium(`http://127.0.0.1:${server.address().port}/`);
      entries.push(...entriesOf(unescaped(stdout), kind, `chromium, build ${index + 1}`));
      server.close();
    }
  }
  rmSync(folder, { recursive: true, force: true });
  return entries;
}

async function chromium(url) {
  const { promisify } = await import('node:util');
  const { execFile } = await import('node:child_process');
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--virtual-time-budget=3000',
    '--dump-dom',
    '--user-data-dir=/tmp/shop-profile',
  ];
  return promisify(execFile)('chromium', [...flags, url], { maxBuffer: 1e7 });
}

function unescaped(html) {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function pnpm() {
  const machine = { name: 'node 22, pnpm', folder: '/app', node: node(22) };
  place(machine, 'services', false);
  writeFileSync(
    join(machine.folder, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { express: libraries.express, koa: libraries.koa, '@koa/router': libraries['@koa/router'] },
    }),
  );
  execFileSync(
    machine.node,
    [join(cache, 'node_modules/pnpm/bin/pnpm.cjs'), 'install', '--silent', '--store-dir=/tmp/pnpm-store'],
    { cwd: machine.folder, env: { ...process.env, PATH: `${dirname(machine.node)}:${process.env.PATH}` } },
  );
  try {
    return ['express', 'koa'].flatMap((name) => traces(machine, 'services', machine.node, ['src/web.cjs', name]));
  } finally {
    rmSync(machine.folder, { recursive: true, force: true });
  }
}

function yarn() {
  const machine = { name: 'node 20, Yarn without node_modules', folder: '/home/alice/shop', node: node(20) };
  place(machine, 'services', false);
  writeFileSync(
    join(machine.folder, 'package.json'),
    JSON.stringify({
      private: true,
      packageManager: `yarn@${libraries['@yarnpkg/cli-dist']}`,
      dependencies: { express: libraries.express, koa: libraries.koa, '@koa/router': libraries['@koa/router'] },
    }),
  );
  writeFileSync(join(machine.folder, 'yarn.lock'), '');
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const cli = join(cache, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  const env = {
    ...process.env,
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_ENABLE_TELEMETRY: '0',
    YARN_NODE_LINKER: 'pnp',
    YARN_ENABLE_GLOBAL_CACHE: '0',
    YARN_UNSAFE_HTTP_WHITELIST: '*',
  };
  try {
    execFileSync(machine.node, [cli, 'install', '--no-immutable'], { cwd: machine.folder, env, stdio: 'ignore' });
    return ['express', 'koa'].flatMap((name) =>
      traces(machine, 'services', machine.node, ['-r', './.pnp.cjs', 'src/web.cjs', name]),
    );
  } finally {
    rmSync('/home/alice', { recursive: true, force: true });
  }
}

function install() {
  const key = createHash('sha256').update(JSON.stringify(libraries)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.env), `stack-corpus-${key}-${process.platform}-${process.arch}`);
  if (existsSync(join(folder, 'node_modules'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: libraries }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
  return folder;
}
