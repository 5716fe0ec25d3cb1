import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CollectorProcess, startCollector } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';

/** Sends what a Collector has to the server at SINK_URL. */
export const toSink = fileURLToPath(new URL('to-sink.yaml', import.meta.url));

export interface PlaceOptions {
  readonly overlays: readonly string[];
  readonly config?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a Collector runs, again and again: its ports and the folder of its queue outlive it. */
export interface Place {
  readonly grpcEndpoint: string;
  readonly httpUrl: string;
  readonly queueFolder: string;
  /** The Collector that runs there. */
  collector(): CollectorProcess;
  /** Starts one in this place; that before it must have ended. */
  start(): Promise<CollectorProcess>;
  /** Ends what runs and removes the folder. */
  close(): Promise<void>;
}

/** A place with a Collector of these files in it. With persistent-queue.yaml among them its queues are on disk. */
export async function openPlace({ overlays, config = [], env = {} }: PlaceOptions): Promise<Place> {
  const queueFolder = mkdtempSync(join(tmpdir(), 'otel-monitor-queue-'));
  const [grpc, http] = await freePorts(2);
  const place = {
    COLLECTOR_OTLP_GRPC_PORT: String(grpc),
    COLLECTOR_OTLP_HTTP_PORT: String(http),
    COLLECTOR_QUEUE_FOLDER: join(queueFolder, 'queue'),
    ...(overlays.includes('persistent-queue.yaml') && {
      COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
      COLLECTOR_HANDOVER: 'memory_limiter',
    }),
    ...env,
  };
  let running: CollectorProcess | undefined;
  const start = async () => {
    running = await startCollector({ overlays, config, env: place });
    return running;
  };
  await start();
  return {
    grpcEndpoint: `127.0.0.1:${grpc}`,
    httpUrl: `http://127.0.0.1:${http}`,
    queueFolder: place.COLLECTOR_QUEUE_FOLDER,
    collector: () => running as CollectorProcess,
    start,
    close: async () => {
      if (running !== undefined && !running.hasEnded()) await running.kill();
      rmSync(queueFolder, { recursive: true, force: true });
    },
  };
}

/** COLLECTOR_GATEWAYS for agents of these gateways. */
export const gatewayList = (...gateways: readonly Place[]) =>
  JSON.stringify({ static: { hostnames: gateways.map(({ grpcEndpoint }) => grpcEndpoint) } });
