/**
 * Finds Jaeger for the end-to-end tests, or builds it with Go, once, into the cache outside of the tree.
 */
import { buildJaeger } from './build-jaeger.mjs';
import { findJaeger } from './find-jaeger.mjs';
import { printOrBuild } from './print-or-build.mjs';

const jaeger = {
  name: 'jaeger',
  prints: "the executable's path",
  enough: 'JAEGER=/path/to/jaeger, jaeger 2 on the PATH',
  isChosen: Boolean(process.env.JAEGER),
  find: findJaeger,
  build: buildJaeger,
};
process.exitCode = await printOrBuild(jaeger, process.argv[2]);
