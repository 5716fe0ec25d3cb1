/** The HTTP client under measurement, by node:http or fetch (BENCHMARK_CLIENT): told to, it sends blocks of requests. */
import { createRequire } from 'node:module';
import { answerParent } from './http-child.mjs';

/** Requests that are under way at a time. */
const CONCURRENT = 20;

// as CommonJS has them: modules that instrumentations have patched
const http = createRequire(import.meta.url)('node:http');

const clients = {
  http: () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENT });
    return (port) =>
      new Promise((resolve, reject) => {
        http
          .get({ host: '127.0.0.1', port, path: '/users/42', agent }, (response) => {
            response.resume().on('end', () => resolve(response.statusCode));
          })
          .on('error', reject);
      });
  },
  fetch: () => async (port) => {
    const response = await fetch(`http://127.0.0.1:${port}/users/42`);
    await response.text();
    return response.status;
  },
};

const ask = clients[process.env.BENCHMARK_CLIENT]();

answerParent({
  block: async ({ port, requests }) => {
    let left = requests;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        const status = await ask(port);
        if (status !== 200) throw new Error(`an answer of another kind: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT }, one));
  },
});
process.send({ type: 'listening' });
