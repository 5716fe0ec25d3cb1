export type { ExitCode } from './exit-code.js';
export { EXIT } from './exit-code.js';
export { runCli } from './run-cli.js';
export type { Surroundings } from './surroundings.js';
