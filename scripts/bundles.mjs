import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { repositoryRoot } from './repository.mjs';

/**
 * The packages that are published as one file for each entry point, by their folder's name: what a program loads at its
 * start. The number of files costs more than the code in them. Types still come from `tsc`.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const bundledPackages = { monitor: ['index'], node: ['index', 'register'] };

/** Never inside: a second copy of the API silences everything. */
const api = '@opentelemetry/api';

/**
 * CommonJS inside the bundle asks for the API by `require()`: it gets what the bundle imports, so that the API is one copy.
 * It comes as a plain object: through the getters that stand for an ES module there each call of the context manager would
 * cost twice as much.
 * @type {import('esbuild').Plugin}
 */
const oneApi = {
  name: 'one-api',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@opentelemetry\/api$/ }, ({ kind, path, namespace }) =>
      kind === 'require-call' && namespace === 'file' ? { path, namespace: 'required' } : { path, external: true },
    );
    onResolve({ filter: /^imported:/ }, () => ({ path: api, namespace: 'imported' }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('imported:${path}').plain;`,
      resolveDir: repositoryRoot,
    }));
    onLoad({ filter: /.*/, namespace: 'imported' }, ({ path }) => ({
      contents: `import * as all from '${path}'; export const plain = { ...all };`,
      resolveDir: repositoryRoot,
    }));
  },
};

/**
 * Node's own modules are asked for their parts one by one. An import statement reads every part of them, and behind some
 * stands a module of its own that nobody here needs: it costs a start five milliseconds.
 * @type {import('esbuild').Plugin}
 */
const builtIns = {
  name: 'built-ins',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /.*/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.replace(/^node:/, ''), namespace: 'built-in' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => /^[A-Za-z]\w*$/.test(name));
      // what is marked as pure goes when nobody asks for it; a name of the language cannot be declared, and nobody imports one
      const parts = names.map(
        (name) => `const _${name} = /* @__PURE__ */ part('${name}'); export { _${name} as ${name} };`,
      );
      return {
        contents: `const all = process.getBuiltinModule('node:${path}'); const part = (name) => all[name];
export default all; ${parts.filter((part) => !part.includes(' as default ')).join('\n')}`,
        resolveDir: repositoryRoot,
      };
    });
  },
};

/**
 * An entry point that imports another one loads that one's file, so that both are the same modules.
 * @param {string} folder
 * @returns {import('esbuild').Plugin}
 */
const oneIndex = (folder) => ({
  name: 'one-index',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.js$/ }, ({ resolveDir }) =>
      resolveDir === join(folder, 'src') ? { path: './index.js', external: true } : undefined,
    );
  },
});

/**
 * Bundles one package from its TypeScript sources and those of everything below it; writes nothing.
 * @param {string} short
 * @returns {Promise<{ files: { path: string, text: string }[], inputs: string[], imports: string[] }>}
 *   `inputs`: every file inside, from the root of the repository. `imports`: what is loaded from outside.
 */
export async function bundle(short) {
  const folder = join(repositoryRoot, 'packages', short);
  const entries = bundledPackages[short] ?? [];
  const { outputFiles, metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: entries.map((entry) => join(folder, 'src', `${entry}.ts`)),
    outdir: join(folder, 'dist'),
    write: false,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    // ES modules where a library has them: what is not used is left out
    mainFields: ['esnext', 'module', 'main'],
    // half of the memory that the text takes; stacks are read with the map (`node --enable-source-maps`)
    minify: true,
    // Node shows the whole line that an uncaught error was thrown in
    lineLimit: 160,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    plugins: [oneApi, builtIns, oneIndex(folder)],
  });
  const inputs = Object.keys(metafile.inputs).sort();
  const notices = { path: join(folder, 'dist', 'THIRD-PARTY-LICENSES.txt'), text: licences(inputs) };
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return {
    files: [...outputFiles.map(({ path, text }) => ({ path, text })), ...commonJsFiles(folder), notices],
    inputs,
    imports: [...new Set(outside)].sort(),
  };
}

/**
 * What Node must load without loading an ES module: each of these files by itself, in the form that its ending asks for.
 * @param {string} folder
 */
function commonJsFiles(folder) {
  const sources = readdirSync(join(folder, 'src')).filter((name) => name.endsWith('.cts'));
  return sources.map((name) => {
    const text = readFileSync(join(folder, 'src', name), 'utf8');
    const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'node20.19', sourcefile: name });
    return { path: join(folder, 'dist', name.replace(/cts$/, 'cjs')), text: code };
  });
}

/**
 * The licences of the libraries inside a bundle, which their authors want to go with every copy.
 * @param {string[]} inputs
 */
function licences(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const texts = [...folders].sort().map((path) => {
    const folder = join(repositoryRoot, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.length === 0 ? '' : `This package contains:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
