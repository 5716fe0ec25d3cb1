import { buildGoProgram } from './build-go-program.mjs';
import { findGoProgram } from './find-go-program.mjs';
import { printOrBuild } from './print-or-build.mjs';

/**
 * The command line of a program of go-programs.mjs.
 * @param {import('./go-programs.mjs').GoProgram} program
 * @param {string | undefined} what the argument
 * @returns {Promise<number>} the exit code
 */
export function printOrBuildGoProgram(program, what) {
  const { name, variable, ownVersion = '2' } = program;
  return printOrBuild(
    {
      name,
      prints: "the executable's path",
      enough: `${variable}=/path/to/${name}, ${name} ${ownVersion} on the PATH`,
      isChosen: Boolean(process.env[variable]),
      find: (env) => findGoProgram(program, env),
      build: (options) => buildGoProgram(program, options),
    },
    what,
  );
}
