/** A service of node:cluster that knows nothing of monitoring: each worker answers one request of its own and ends. */
const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) {
  const workers = Number(process.env.WORKERS);
  for (let worker = 0; worker < workers; worker += 1) cluster.fork();
  let left = workers;
  cluster.on('exit', () => {
    left -= 1;
    if (left > 0) return;
    http.get({ host: '127.0.0.1', port: process.env.OTEL_EXPORTER_PROMETHEUS_PORT, path: '/metrics' }, (response) => {
      response.pipe(process.stdout);
    });
  });
} else {
  const server = http.createServer((_, response) => response.end('done'));
  // port 0 would be one port for all of them
  server.listen({ port: 0, exclusive: true, host: '127.0.0.1' }, () => {
    http.get({ host: '127.0.0.1', port: server.address().port, path: '/' }, (response) => {
      response.resume();
      response.on('end', () => {
        server.close();
        cluster.worker.disconnect();
      });
    });
  });
}
