/**
 * Finds Alertmanager of the version of docker-compose.yml, with amtool beside it, or builds them with Go, once, into the cache
 * outside of the tree.
 */
import { alertmanager } from './go-programs.mjs';
import { printOrBuildGoProgram } from './print-or-build-go-program.mjs';

process.exitCode = await printOrBuildGoProgram(alertmanager, process.argv[2]);
