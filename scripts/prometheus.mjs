/**
 * Finds Prometheus of the version of docker-compose.yml, with promtool beside it, or builds them with Go, once, into the cache
 * outside of the tree.
 */
import { prometheus } from './go-programs.mjs';
import { printOrBuildGoProgram } from './print-or-build-go-program.mjs';

process.exitCode = await printOrBuildGoProgram(prometheus, process.argv[2]);
