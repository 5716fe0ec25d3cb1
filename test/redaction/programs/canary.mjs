/**
 * Puts the secret of the environment into every place that there is, asks for every page, and ends. Prints as JSON the names
 * of the places and what the pages said.
 */
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { startMonitoring } from '@otel-monitor/node';
import { placesOfMonitor, placesOfOthers, placesOnOperations, placesThatVanish } from './canary-places.mjs';

const { SINK, SECRET, VIEWER, OPERATOR } = process.env;
const named = (name) => `${name} ${SECRET}`;

const monitoring = await startMonitoring({
  otlp: { endpoint: SINK },
  server: { port: 0, tokens: { viewer: VIEWER, operator: OPERATOR } },
});
const { monitor } = monitoring;
const places = [
  ...placesOfOthers(named, SECRET),
  ...placesOnOperations(monitor, named, SECRET),
  ...placesOfMonitor(monitor, named, SECRET),
];
for (const [, act] of [...places, ...placesThatVanish(monitor, named, SECRET)]) act();

// a request in and the same one out: path, query, agent, forwarded address
const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
async function ask(path, headers) {
  const [response] = await once(get({ host: '127.0.0.1', port, path, headers, agent: false }), 'response');
  response.resume();
  await once(response, 'end');
}
const requests = {
  'http-path': (text) => ask(`/${text.replace(' ', '/')}`, {}),
  'http-query': (text) => ask(`/q?place=${text.split(' ')[0]}&token=${SECRET}`, {}),
  'http-query-text': (text) =>
    ask(`/q?place=${encodeURIComponent(text.split(' ')[0])}&text=${encodeURIComponent(text)}`, {}),
  'http-user-agent': (text) => ask('/agent', { 'user-agent': text }),
  'http-forwarded': (text) => ask('/for', { 'x-forwarded-for': text }),
  'http-host': (text) => ask('/host', { host: text.replace(' ', '.') }),
  'http-fetch': (text) => fetch(`http://127.0.0.1:${port}/${text.replace(' ', '?q=')}`).then((answer) => answer.text()),
};
for (const [name, request] of Object.entries(requests)) await request(named(name));
server.close();
server.closeAllConnections();

const pages = {};
const paths = ['/metrics', '/health', '/health/components', '/dashboard/overview'];
paths.push('/errors/summary', '/errors/groups?limit=500', '/usage', '/usage/features?limit=500', '/usage/users');
paths.push('/usage/releases', '/usage/workflows', '/usage/flags');
// each group whole, with the samples that are kept of it
paths.push(...monitor.errors.groups({ limit: 500 }).map(({ id }) => `/errors/${id}`));
for (const path of paths) {
  const answer = await fetch(monitoring.url + path, { headers: { authorization: `Bearer ${OPERATOR}` } });
  pages[path] = { status: answer.status, text: await answer.text() };
}
await monitoring.shutdown();
console.log(JSON.stringify({ places: [...places.map(([name]) => name), ...Object.keys(requests)], pages }));
