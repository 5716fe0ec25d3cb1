/** Scrapes from outside, as Prometheus does it: one kept connection. Told `scrape`, it says how long it took; told `samples`, what the page holds. */
import { createHash } from 'node:crypto';
import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true });

function scrape(url) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const chunks = [];
    get(url, { agent, headers: { accept: 'text/plain;version=0.0.4' } }, (response) => {
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ millis: performance.now() - start, chunks }));
    }).on('error', reject);
  });
}

/** The samples of the histogram in one order and without the labels of the scope, which prom-client does not have. */
function samplesOf(page) {
  return page
    .split('\n')
    .filter((line) => line.startsWith('monitor_operation_duration_seconds_'))
    .map((line) => {
      const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line);
      const kept = labels.match(/\w+="[^"]*"/g).filter((label) => !label.startsWith('otel_scope_'));
      return `${name}{${kept.sort()}} ${Number(value)}`;
    })
    .sort();
}

process.on('message', async ({ type, url }) => {
  const { millis, chunks } = await scrape(url);
  const page = Buffer.concat(chunks);
  if (type === 'scrape') process.send({ type: 'scraped', millis, bytes: page.byteLength });
  if (type === 'samples') {
    const samples = samplesOf(page.toString('utf8'));
    const digest = createHash('sha256').update(samples.join('\n')).digest('hex');
    process.send({ type: 'sampled', count: samples.length, digest });
  }
});
process.send({ type: 'ready' });
