import { dirname, join } from 'node:path';
import { onPath } from '../../scripts/executable-file.mjs';
import { findGoProgram } from '../../scripts/find-go-program.mjs';
import type { GoProgram } from '../../scripts/go-programs.mjs';

/** A program of one version and the tool that comes with it, where they are at hand. */
export interface ProgramVersion {
  /** For the names of tests: `Prometheus 3.5.1`, `Prometheus on the PATH`. */
  readonly name: string;
  readonly program: string | undefined;
  readonly tool: string | undefined;
}

export interface ProgramVersions {
  /** That of docker-compose.yml. */
  readonly shipped: ProgramVersion;
  /** Any on the PATH; on Debian an earlier one. */
  readonly onPath: ProgramVersion;
  /** The shipped one, or the other where that is not at hand. */
  readonly preferred: ProgramVersion;
  /** Both, whether they are at hand or not: what is skipped has to be seen. */
  readonly all: readonly ProgramVersion[];
}

/** @param names of the program on the PATH, the first that is there counts */
export function programVersions(program: GoProgram, names: readonly string[], tool: string): ProgramVersions {
  const found = findGoProgram(program, process.env).path;
  const shipped: ProgramVersion = {
    name: `${program.title} ${program.ownVersion}`,
    program: found,
    tool: found === undefined ? undefined : join(dirname(found), tool),
  };
  const other: ProgramVersion = {
    name: `${program.title} on the PATH`,
    program: names.map((name) => onPath(name, process.env)).find((path) => path !== undefined),
    tool: onPath(tool, process.env),
  };
  return { shipped, onPath: other, preferred: found === undefined ? other : shipped, all: [shipped, other] };
}
