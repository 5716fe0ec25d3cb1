import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** As containerd's CRI plugin cuts lines by default (max_container_log_line_size). */
const MOST_BYTES = 16_384;

export interface LoggedContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  readonly restarts?: number;
}

type Stream = 'stdout' | 'stderr';

/** The log files of a container below /var/log/pods, written as containerd does and rotated as a kubelet does. */
export class ContainerLog {
  readonly folder: string;
  #rotations = 0;
  #held: Buffer[] | undefined;

  constructor(
    podLogs: string,
    private readonly of: LoggedContainer,
  ) {
    this.folder = join(podLogs, `${of.namespace}_${of.pod}_${of.uid}`, of.container);
    mkdirSync(this.folder, { recursive: true });
  }

  get file(): string {
    return join(this.folder, `${this.of.restarts ?? 0}.log`);
  }

  /** A line that the program wrote; what is longer than a buffer of containerd comes in parts, P and at last F. */
  write(line: string | Buffer, stream: Stream = 'stdout'): void {
    const bytes = Buffer.from(line as string);
    for (let from = 0; from === 0 || from < bytes.length; from += MOST_BYTES) {
      const isLast = from + MOST_BYTES >= bytes.length;
      this.#append(stream, isLast ? 'F' : 'P', bytes.subarray(from, from + MOST_BYTES));
    }
  }

  /** What is written in `work` comes into the file at once: nobody reads it in between, however slow the machine is. */
  atOnce(work: () => void): void {
    this.#held = [];
    work();
    appendFileSync(this.file, Buffer.concat(this.#held), { mode: 0o640 });
    this.#held = undefined;
  }

  /** Packs what was renamed before, renames the file, and goes on in a new one. */
  rotate(): void {
    const renamed = readdirSync(this.folder).filter((name) => /\.log\.\d{8}-\d{6}$/.test(name));
    for (const name of renamed) {
      const path = join(this.folder, name);
      writeFileSync(`${path}.tmp`, gzipSync(readFileSync(path)));
      renameSync(`${path}.tmp`, `${path}.gz`);
      rmSync(path);
    }
    this.#rotations += 1;
    if (existsSync(this.file))
      renameSync(this.file, `${this.file}.20261124-${String(this.#rotations).padStart(6, '0')}`);
    writeFileSync(this.file, '', { mode: 0o640 });
  }

  #append(stream: Stream, tag: 'P' | 'F', text: Buffer): void {
    // with the nine digits that containerd writes
    const time = new Date().toISOString().replace('Z', '123456Z');
    const line = Buffer.concat([Buffer.from(`${time} ${stream} ${tag} `), text, Buffer.from('\n')]);
    if (this.#held !== undefined) this.#held.push(line);
    else appendFileSync(this.file, line, { mode: 0o640 });
  }
}
