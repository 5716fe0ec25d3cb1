import { afterEach } from 'vitest';
import { createEndpoints, type Listening, listen, type ServerOptions, type ServerSources } from '../src/index.js';
import { madeSources } from './made-sources.js';

const open: Listening[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A server on a free port of loopback, closed after the test. */
export async function served(sources: Partial<ServerSources> = {}, options: ServerOptions = {}): Promise<Listening> {
  const listening = await listen(createEndpoints(madeSources(sources), options), { host: '127.0.0.1', port: 0 });
  open.push(listening);
  return listening;
}
