import cluster from 'node:cluster';

if (cluster.isPrimary) cluster.fork().on('exit', (code) => process.exit(code));
else {
  await import('./express.mjs');
  cluster.worker.disconnect();
}
