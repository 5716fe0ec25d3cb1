import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePorts } from '../real-parts/free-ports.js';
import { startProgram } from '../real-parts/running-program.js';
import {
  addressesIn,
  type ComposeFile,
  type ComposeService,
  commandOf,
  isNamedVolume,
  type Mount,
  mounts,
  readCompose,
  root,
} from './compose-file.js';

/** The programs that images hold, by the service's name; the application's image starts what its command names. */
export type Programs = Readonly<Record<string, string>>;

/** What differs from the file: sooner than in the file, or on this machine. Each text must be there. */
export type Changes = Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;

const PORT_DEFAULT = /(\$\{env:\w+_PORT:-)(\d+)\}/g;

/**
 * The services of docker-compose.yml as programs on this machine, from the files that are mounted into them. What is not the
 * same here is put in by one table that is made of the file itself: `service:port` becomes a free port of loopback, a path
 * that something is mounted at becomes a path in a folder. A name that is no service stays, and leads nowhere.
 */
export class PlainServices {
  readonly compose: ComposeFile = readCompose();
  readonly #ports: ReadonlyMap<string, number>;

  private constructor(
    readonly folder: string,
    private readonly programs: Programs,
    private readonly changes: Changes,
    ports: ReadonlyMap<string, number>,
  ) {
    this.#ports = ports;
  }

  /** @param folder an empty one, for files and volumes */
  static async place(folder: string, programs: Programs, changes: Changes): Promise<PlainServices> {
    const wanted = [...new Set(portsOf(readCompose()))];
    const free = await freePorts(wanted.length);
    const services = new PlainServices(folder, programs, changes, new Map(wanted.map((name, at) => [name, free[at]!])));
    for (const name of Object.keys(services.compose.services)) services.#layFiles(name);
    return services;
  }

  /** `127.0.0.1:PORT` of a port that the service has in the file. */
  address(service: string, port: number): string {
    const free = this.#ports.get(`${service}:${port}`);
    if (free === undefined) throw new Error(`nobody speaks to ${service}:${port}`);
    return `127.0.0.1:${free}`;
  }

  /** A text of the service as it must be here. */
  placed(name: string, text: string): string {
    const service = this.#service(name);
    const targets = mounts(service)
      .map((mount) => mount.target)
      .sort((a, b) => b.length - a.length)
      .map((target) => `${target.replaceAll('.', '\\.')}(?=[/"'\\s=}]|$)`);
    const names = [...Object.keys(this.compose.services), 'localhost', '127\\.0\\.0\\.1'].join('|');
    const table = new RegExp(`(?<![\\w.-])(${names}):(\\d+)(?!\\d)|(?<![\\w.])(${targets.join('|') || '(?!)'})`, 'g');
    return text
      .replace(table, (all, host: string | undefined, port: string, target: string | undefined) => {
        if (target !== undefined) return this.#pathOf(name, target);
        const own = host === 'localhost' || host === '127.0.0.1';
        const asked = own ? (this.#published(port) ?? `${name}:${port}`) : `${host}:${port}`;
        const free = this.#ports.get(asked) ?? (own ? this.#ports.get(`${name}:${port}`) : undefined);
        return free === undefined ? all : `127.0.0.1:${free}`;
      })
      .replace(PORT_DEFAULT, (_, before: string, port: string) => `${before}${this.#ports.get(`${name}:${port}`)}}`)
      .replaceAll('0.0.0.0', '127.0.0.1');
  }

  environment(name: string): Record<string, string> {
    const given = Object.entries(this.#service(name).environment ?? {});
    return Object.fromEntries(
      given.map(([key, value]) => {
        const port = /PORT$/.test(key) ? this.#ports.get(`${name}:${value}`) : undefined;
        return [key, port === undefined ? this.#changed(name, this.placed(name, value)) : String(port)];
      }),
    );
  }

  /** Starts it as the file says, with these further arguments. */
  start(name: string, isReady: (output: string) => boolean | Promise<boolean>, further: string[] = []) {
    return startProgram({ ...this.#command(name, further), isReady });
  }

  /** Runs the health check of a running service, and gives its exit code. */
  async health(name: string): Promise<number> {
    const [, program, ...args] = this.#service(name).healthcheck!.test.map((word) => this.placed(name, word));
    if (program!.endsWith('wget')) {
      const answer = await fetch(args.at(-1)!).catch(() => undefined);
      return answer?.ok ? 0 : 1;
    }
    return spawnSync(process.execPath, args, { cwd: root, timeout: 10_000 }).status ?? Number.NaN;
  }

  #command(name: string, further: string[]) {
    const { command, build } = this.#service(name);
    const words = command ?? commandOf(build!.dockerfile, build!.target!);
    const args = [...words.map((word) => this.#changed(name, this.placed(name, word))), ...further];
    const temporary = this.#pathOf(name, '/tmp');
    mkdirSync(temporary, { recursive: true });
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, TMPDIR: temporary, ...this.environment(name) };
    const program = this.programs[name];
    if (program !== undefined) return { command: program, args, env, cwd: this.folder };
    return { command: process.execPath, args: args.slice(1), env, cwd: root };
  }

  #layFiles(name: string): void {
    for (const mount of mounts(this.#service(name))) {
      const path = this.#pathOf(name, mount.target);
      if (isNamedVolume(mount)) mkdirSync(path, { recursive: true });
      else this.#layFile(name, mount, path);
    }
  }

  #layFile(name: string, { source }: Mount, path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    cpSync(join(root, source), path, { recursive: true });
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
      : [path];
    for (const file of files.filter((each) => statSync(each).isFile())) {
      writeFileSync(file, this.#changed(name, this.placed(name, readFileSync(file, 'utf8'))));
    }
  }

  #changed(name: string, text: string): string {
    return (this.changes[name] ?? []).reduce((done, [from, to]) => done.replaceAll(from, to), text);
  }

  /** A volume has one place, whoever mounts it where; all else is the service's own. */
  #pathOf(name: string, target: string): string {
    const mount = mounts(this.#service(name)).find((each) => each.target === target);
    if (mount !== undefined && isNamedVolume(mount)) return join(this.folder, 'volumes', mount.source);
    return join(this.folder, 'services', name, target);
  }

  /** The `service:port` behind a published port. */
  #published(port: string): string | undefined {
    for (const [name, { ports = [] }] of Object.entries(this.compose.services)) {
      for (const each of ports) {
        const [, outside, inside] = each.split(':');
        if (outside === port) return `${name}:${inside}`;
      }
    }
    return undefined;
  }

  #service(name: string): ComposeService {
    const service = this.compose.services[name];
    if (service === undefined) throw new Error(`there is no service ${name}`);
    return service;
  }
}

/** Every `service:port` that somebody speaks to or listens on: by configuration, publication, health check or environment. */
function portsOf({ services }: ComposeFile): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const files = mounts(service).filter((mount) => !isNamedVolume(mount));
    const texts = files.flatMap(({ source }) => textsOf(join(root, source)));
    const environment = Object.values(service.environment ?? {});
    const spoken = addressesIn([...(service.command ?? []), ...environment, ...texts].join('\n'));
    const own = [
      ...(service.ports ?? []).map((port) => port.split(':')[2]),
      ...[...(service.healthcheck?.test ?? []).join(' ').matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port),
      ...texts.flatMap((text) => [...text.matchAll(PORT_DEFAULT)].map(([, , port]) => port)),
    ];
    return [
      ...spoken.filter(({ host }) => host in services).map(({ host, port }) => `${host}:${port}`),
      ...own.map((port) => `${name}:${port}`),
    ];
  });
}

function textsOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  return readdirSync(path).flatMap((file) => textsOf(join(path, file)));
}
