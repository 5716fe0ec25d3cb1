import { Child, type ChildCommand } from './child-process.js';

/** A service's start may take this long on a busy machine. */
const START_MILLIS = 30_000;

/** Where a service that runs is. */
export interface ServiceAddress {
  /** Without a slash at its end. */
  readonly url: string;
  /** Its monitoring server, where it has one. */
  readonly monitoringUrl: string | undefined;
}

/** A service that the launcher has started, and may start again at the same address. */
export class Service {
  #child: Child | undefined;
  #address: ServiceAddress | undefined;

  constructor(
    readonly command: ChildCommand,
    /** Gets what it says beside where it is, marked with its name. */
    private readonly say: (text: string) => void,
  ) {}

  get name(): string {
    return this.command.name;
  }

  /** @throws Error before it was started */
  get address(): ServiceAddress {
    if (this.#address === undefined) throw new Error(`${this.name} was not started`);
    return this.#address;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and waits until it says where it listens; a second time at the ports that it had. */
  async start(): Promise<ServiceAddress> {
    let url: string | undefined;
    let monitoringUrl: string | undefined;
    let listening = () => {};
    const listens = new Promise<void>((resolve) => {
      listening = resolve;
    });
    const before = this.#address;
    const env = {
      ...this.command.env,
      PORT: portOf(before?.url),
      OTEL_EXPORTER_PROMETHEUS_PORT: portOf(before?.monitoringUrl),
      SIZEWISE_END_WITH_STDIN: '1',
    };
    const child = new Child({ ...this.command, env }, (text) => {
      const [, what, where] = /^(listening|monitoring) (http:\S+)$/.exec(text) ?? [];
      if (what === 'monitoring') monitoringUrl = where;
      else if (what === 'listening') {
        url = where;
        listening();
      } else this.say(`[${this.name}] ${text}`);
    });
    this.#child = child;
    const late = setTimeout(() => child.kill(), START_MILLIS);
    await Promise.race([listens, child.ended]);
    clearTimeout(late);
    if (url === undefined) throw new Error(`${this.name} did not start`);
    this.#address = { url, monitoringUrl };
    return this.#address;
  }

  async end(): Promise<void> {
    await this.#child?.end();
  }

  kill(): void {
    this.#child?.kill();
  }
}

/** Any free one where there is no address yet: services on one machine cannot all have the same. */
function portOf(url: string | undefined): string {
  return url === undefined ? '0' : new URL(url).port;
}
