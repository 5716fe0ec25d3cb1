import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type ScrapedPage, scrape } from '../e2e/scraped-page.js';
import { ownState } from '../own-state.js';
import { program } from './run-program.js';

/** A word that the service has said, with what belongs to it. */
interface Said {
  readonly word: string;
  readonly value: never;
}

/** The service of `programs/cluster.mjs`, while it runs. */
export class ClusteredService {
  readonly said: Said[] = [];
  stderr = '';
  url = '';
  /** Where the workers listen, all of them. */
  port = 0;
  readonly #frozen = new Set<number>();
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;

  constructor(env: Readonly<Record<string, string>>, node = process.execPath) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$|NODE_UNIQUE_ID)/.test(name),
    );
    this.#child = spawn(node, [program('cluster.mjs')], {
      env: {
        ...Object.fromEntries(inherited),
        ...ownState(),
        OTEL_SERVICE_NAME: 'shop',
        DEADLINE_MILLIS: '10000',
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const [word = ''] = line.split(' ', 1);
      this.said.push({ word, value: JSON.parse(line.slice(word.length)) as never });
    });
    this.#child.stderr.on('data', (chunk) => {
      this.stderr += String(chunk);
    });
  }

  /** Resolves when all workers listen and are on the page. */
  async ready(workers = 4): Promise<void> {
    const { url, port } = await this.word<{ url: string; port: number }>('ready');
    this.url = url;
    this.port = port;
    await this.until(async () => (await this.status()).present === workers);
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** What belongs to a word that is said once, or was; `after`: how often it was said before. */
  async word<T = unknown>(word: string, after = 0): Promise<T> {
    let found: Said | undefined;
    await this.until(() => {
      found = this.said.filter((each) => each.word === word)[after];
      return found !== undefined;
    });
    return found!.value;
  }

  /** What a word that is asked for brings. */
  async ask<T>(word: string): Promise<T> {
    const after = this.said.filter((each) => each.word === word).length;
    this.tell(word);
    return this.word<T>(word, after);
  }

  status(): Promise<Record<'present' | 'missing' | 'departed' | 'refused' | 'unmergeable', number>> {
    return this.ask('status');
  }

  page(): Promise<ScrapedPage> {
    return scrape(`${this.url}/metrics`);
  }

  async json<T = Record<string, unknown>>(path: string): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.url}${path}`);
    return { status: response.status, body: (await response.json()) as T };
  }

  /** The id of the worker that has answered; undefined: it has not. */
  request(path: string, agent?: Agent): Promise<string | undefined> {
    return new Promise((resolve) => {
      const request = get({ port: this.port, path, host: '127.0.0.1', agent: agent ?? new Agent() }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve(text));
        response.on('error', () => resolve(undefined));
      });
      request.on('error', () => resolve(undefined));
    });
  }

  /** Lets a worker hang, until `thaw`. */
  async freeze(id: string): Promise<void> {
    const pid = this.#pid(id);
    process.kill(pid, 'SIGSTOP');
    this.#frozen.add(pid);
    // the signal is on its way: Linux says when it has come
    const isStopped = () => /^\d+ \(.*\) T /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'linux') await this.until(isStopped);
  }

  thaw(id: string): void {
    const pid = this.#pid(id);
    process.kill(pid, 'SIGCONT');
    this.#frozen.delete(pid);
  }

  #pid(id: string): number {
    const workers = this.said
      .filter(({ word }) => word === 'worker')
      .map(({ value }) => value as { pid: number; id: number });
    return workers.find((worker) => String(worker.id) === id)!.pid;
  }

  async until(isSo: () => boolean | Promise<boolean>, millis = 60_000): Promise<void> {
    for (const end = Date.now() + millis; !(await isSo()); await delay(20)) {
      if (Date.now() > end) throw new Error(`it does not come to that:\n${JSON.stringify(this.said)}\n${this.stderr}`);
    }
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.#child, 'close');
    for (const pid of this.#frozen) process.kill(pid, 'SIGCONT');
    this.tell('end');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(kill);
  }
}
