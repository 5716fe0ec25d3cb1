/**
 * Finds Jaeger for the end-to-end tests, or builds it with Go, once, into the cache outside of the tree.
 */
import { jaeger } from './go-programs.mjs';
import { printOrBuildGoProgram } from './print-or-build-go-program.mjs';

process.exitCode = await printOrBuildGoProgram(jaeger, process.argv[2]);
