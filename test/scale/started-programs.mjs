import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { configArguments, configFiles } from '../../scripts/collector-configs.mjs';
import { findCollector } from '../../scripts/find-collector.mjs';
import { repositoryRoot } from '../../scripts/repository.mjs';
import { usageOf } from './process-usage.mjs';

const PORTS = ['OTLP_GRPC', 'OTLP_HTTP', 'PROMETHEUS', 'HEALTH', 'TELEMETRY'];
const START_MILLIS = 30_000;
const running = new Set();

/** Starts a Collector with base.yaml and these overlays, by their names, in a folder of its own. */
export async function startCollector(overlays, env = {}) {
  const { found, notes } = findCollector(process.env);
  if (found === undefined) throw new Error(notes.join('; '));
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-scale-'));
  const free = await freePorts(PORTS.length);
  const ports = Object.fromEntries(PORTS.map((name, index) => [`COLLECTOR_${name}_PORT`, String(free[index])]));
  const args = configArguments(configFiles(overlays).map((file) => join(repositoryRoot, file)));
  const program = await startProgram(found.path, args, {
    cwd: folder,
    env: { ...process.env, ...ports, ...env },
    isReady: (said) => said.includes('Everything is ready'),
  });
  return {
    ...program,
    otlpUrl: `http://127.0.0.1:${ports.COLLECTOR_OTLP_HTTP_PORT}`,
    grpcEndpoint: `127.0.0.1:${ports.COLLECTOR_OTLP_GRPC_PORT}`,
    prometheusEndpoint: `127.0.0.1:${ports.COLLECTOR_PROMETHEUS_PORT}`,
    telemetryUrl: `http://127.0.0.1:${ports.COLLECTOR_TELEMETRY_PORT}/metrics`,
    stop: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a program and waits until it is ready. What it says is kept in part and shown when it is not. */
export async function startProgram(command, args, { cwd, env = process.env, isReady }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-100_000);
    });
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  running.add(child);
  void ended.then(() => running.delete(child));
  for (const deadline = Date.now() + START_MILLIS; !(await isReady(said)); await delay(50)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${command} did not start:\n${said.slice(-2000)}`);
    }
  }
  return {
    pid: child.pid,
    usage: () => usageOf(child.pid),
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function killPrograms() {
  for (const child of running) child.kill('SIGKILL');
}

export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

process.once('exit', killPrograms);
