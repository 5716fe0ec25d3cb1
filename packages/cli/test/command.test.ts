import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type HealthSnapshot, History } from '@otel-monitor/history';
import { createEndpoints, listen, type ServerOptions } from '@otel-monitor/server';
import { afterEach, describe, expect, it } from 'vitest';

const cli = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'index.js')).href;
const bin = join(import.meta.dirname, '..', 'bin', 'otel-monitor.js');
const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

/** The built command as a process of its own. */
function command(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const options = { env: { PATH: '', ...env }, timeout: 20_000, maxBuffer: 20_000_000 };
    const child = execFile(process.execPath, [bin, ...args], options, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr, seconds: (performance.now() - begin) / 1000 });
    });
  });
}

async function service(status: HealthSnapshot['status'], options: ServerOptions = {}): Promise<string> {
  const health = { status, components: [] };
  const history = new History();
  const sources = {
    snapshot: () => history.snapshot({ service: { name: 'shop' }, health }),
    health: async () => health,
    isStarted: () => true,
    isReady: () => true,
    status: () => ({ server: { state: 'listening' } }),
  };
  const { url, close } = await listen(createEndpoints(sources, options), { host: '127.0.0.1', port: 0 });
  ends.push(close);
  return url;
}

async function on(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answering(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  ends.push(() => server.closeAllConnections());
  return on(server);
}

describe('the built command and a real server', () => {
  it.each([
    ['healthy', 0],
    ['unknown', 0],
    ['degraded', 1],
    ['unhealthy', 2],
  ] as const)('status of a service that is %s exits with %s', async (status, exitCode) => {
    const ran = await command(['status', '--url', await service(status)]);
    expect(ran).toMatchObject({ exitCode, stderr: '' });
    expect(ran.stdout.startsWith(`shop · ${status} · `)).toBe(true);
  });

  it('status without a service exits with 3, and without a good token with 64', async () => {
    expect(await command(['status', '--url', 'http://127.0.0.1:1'])).toMatchObject({ exitCode: 3, stdout: '' });
    const url = await service('healthy', { tokens: { viewer: 'view-1' } });
    expect(await command(['status', '--url', url])).toMatchObject({ exitCode: 64, stdout: '' });
    expect(await command(['status', '--url', url, '--token', 'view-2'])).toMatchObject({ exitCode: 64, stdout: '' });
    expect((await command(['status', '--url', url, '--token', 'view-1'])).exitCode).toBe(0);
    expect((await command(['status', '--url', url], { OTEL_MONITOR_TOKEN_VIEWER: 'view-1' })).exitCode).toBe(0);
  });

  it('bad usage exits with 64, help and the schema with 0', async () => {
    expect((await command([])).exitCode).toBe(64);
    expect((await command(['status', '--nothing'])).exitCode).toBe(64);
    expect((await command(['config', 'validate', 'nothing.json'])).exitCode).toBe(64);
    expect((await command(['--help'])).exitCode).toBe(0);
    const { exitCode, stdout } = await command(['config', 'schema']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('properties');
  });

  it('no command but dashboards emit waits for the libraries of dashboards', async () => {
    const script = `
      import { Module } from 'node:module';
      import { runCli } from ${JSON.stringify(cli)};
      const nothing = () => {};
      const surroundings = { stdout: nothing, stderr: nothing, env: {}, fetch, cwd: process.cwd(), nodeVersion: '20' };
      const loaded = () => Object.keys(Module._cache).some((file) => file.includes('grafana-foundation-sdk'));
      await runCli(process.argv.slice(1), surroundings);
      console.log(loaded());`;
    const loads = (...args: string[]) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, ...args], { encoding: 'utf8' }).trim();
    expect(loads('config', 'schema')).toBe('false');
    expect(loads('dashboards', 'emit', '--for', 'grafana', '--out', '/dev/null')).toBe('true');
  });

  it('doctor knows the service that runs', async () => {
    const url = await service('healthy');
    const { stdout } = await command(['doctor'], { OTEL_EXPORTER_PROMETHEUS_PORT: new URL(url).port });
    expect(stdout).toContain(`ok    server         shop answers at ${url}\n`);
  });
});

describe('hostile servers', () => {
  it('a huge body is given up', async () => {
    const url = await answering((_request, response) => {
      const chunk = Buffer.alloc(1_000_000, 'x');
      const write = () => {
        while (response.write(chunk));
      };
      response.on('drain', write);
      write();
    });
    const { exitCode, stderr } = await command(['status', '--url', url]);
    expect(exitCode).toBe(3);
    expect(stderr).toBe(`otel-monitor: ${url} cannot be reached: the answer is longer than 8 MB\n`);
  });

  it('JSON of a million levels is no answer', async () => {
    const url = await answering((_request, response) => response.end('['.repeat(1_000_000)));
    const { exitCode, stderr } = await command(['status', '--url', url]);
    expect([exitCode, stderr.split('\n').length]).toEqual([3, 2]);
  });

  it('a redirection is not followed, so that the token stays', async () => {
    let asked = 0;
    const url = await answering((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    expect((await command(['status', '--url', url, '--token', 'view-1'])).exitCode).toBe(3);
    expect(asked).toBe(1);
  });

  it('what is no HTTP is no answer', async () => {
    const url = await on(createServer((socket) => socket.end('\u001b[31mhello\r\n\r\n')));
    const { exitCode, stderr } = await command(['status', '--url', url]);
    expect(exitCode).toBe(3);
    expect(stderr).not.toContain('\u001b');
  });

  it('one that hangs is given up after 5 s: silent, without an end, or a byte at a time', async () => {
    const drip: RequestListener = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    };
    const listeners: RequestListener[] = [() => {}, (_request, response) => response.write('{"snapshot":'), drip];
    const urls = await Promise.all(listeners.map(answering));
    const all = await Promise.all(urls.map((url) => command(['status', '--url', url])));
    for (const [index, { exitCode, stderr, seconds }] of all.entries()) {
      expect(exitCode).toBe(3);
      expect(stderr).toBe(`otel-monitor: ${urls[index]} cannot be reached: no answer within 5 s\n`);
      expect(seconds).toBeLessThan(10);
    }
  });
});
