import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { root } from './compose-file.js';

/** A stage of a Dockerfile after its steps have been done in a folder: that folder, as its root. */
export interface DoneStage {
  readonly folder: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/**
 * Does the steps of a Dockerfile of this repository as plain commands: COPY from the context as .dockerignore leaves it,
 * COPY from other stages, ENV, WORKDIR. No image is pulled: Node is this machine's.
 *
 * @param run does a RUN, or does not
 */
export function doSteps(
  dockerfile: string,
  folder: string,
  run: (command: string, stage: DoneStage) => void,
): Map<string, DoneStage> {
  const isIgnored = ignores(readFileSync(join(root, '.dockerignore'), 'utf8'));
  const done = new Map<string, DoneStage>();
  const text = readFileSync(join(root, dockerfile), 'utf8')
    .replace(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '');
  for (const block of text.split(/^FROM /m).slice(1)) {
    const [head = '', ...lines] = block.split('\n').filter((line) => line !== '');
    const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(head) ?? [];
    const before = done.get(from);
    const stage = {
      folder: join(folder, name),
      workdir: '/',
      env: {} as Record<string, string>,
      command: [] as string[],
    };
    if (before !== undefined) {
      cpSync(before.folder, stage.folder, { recursive: true, verbatimSymlinks: true });
      Object.assign(stage, { workdir: before.workdir, env: { ...before.env }, command: [...before.command] });
    }
    for (const line of lines) {
      const [, instruction, rest = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
      if (instruction === 'WORKDIR') stage.workdir = rest;
      else if (instruction === 'ENV') Object.assign(stage.env, Object.fromEntries([rest.split('=')]));
      else if (instruction === 'CMD') stage.command = JSON.parse(rest) as string[];
      else if (instruction === 'COPY') copy(rest.split(' '), join(stage.folder, stage.workdir), done, isIgnored);
      else if (instruction === 'RUN') run(rest, stage);
      else if (instruction !== 'USER' && instruction !== 'EXPOSE') throw new Error(`${dockerfile}: ${line}`);
    }
    done.set(name, stage);
  }
  return done;
}

function copy(
  words: string[],
  into: string,
  done: ReadonlyMap<string, DoneStage>,
  isIgnored: (path: string) => boolean,
): void {
  const other = /^--from=(.+)$/.exec(words[0]!)?.[1];
  const sources = words.slice(other === undefined ? 0 : 1, -1).flatMap(spread);
  const target = words.at(-1) as string;
  for (const source of sources) {
    const path = other === undefined ? join(root, source) : join(done.get(other)!.folder, source);
    const to = target.endsWith('/') ? join(into, target, basename(source)) : join(into, target);
    mkdirSync(dirname(to), { recursive: true });
    const filter = (each: string) => other !== undefined || !isIgnored(relative(root, each));
    cpSync(path, to, { recursive: true, verbatimSymlinks: true, filter });
  }
}

/** `folder/*.end`: the one pattern that is used. */
function spread(source: string): string[] {
  const [, folder, end] = /^(.+)\/\*(\.\w+)$/.exec(source) ?? [];
  if (folder === undefined || end === undefined) return [source];
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith(end))
    .map((file) => join(folder, file));
}

/** Runs a RUN in its stage. @throws Error with what it said, when it fails */
export function runStep(command: string, { folder, workdir, env }: DoneStage): void {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: join(folder, workdir),
    env: { PATH, HOME, ...placedEnv(folder, env) },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
}

/** Paths of the image are in the folder. */
export function placedEnv(folder: string, env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text.replace(/^\//, `${folder}/`)]));
}

/** The part of .dockerignore that is used: all but what `!` names, and of that what later lines leave out by a pattern. */
function ignores(text: string): (path: string) => boolean {
  const patterns = text
    .split('\n')
    .filter((line) => line !== '' && !/^[#!*]$|^[#!]/.test(line))
    .map((line) => {
      const words = line
        .replaceAll('.', '\\.')
        .replaceAll('**/', '(?:.*/)?')
        .replace(/(?<!\.)\*/g, '[^/]*');
      return new RegExp(`^${words}$`);
    });
  return (path) => patterns.some((pattern) => pattern.test(path));
}
