import { monitorFastify } from '@otel-monitor/http/fastify';
import { fastify } from 'fastify';
import ask from './ask.cjs';
import run from './fastify-app.cjs';

const mounted = () => {
  const app = fastify();
  app.register(monitorFastify);
  return app;
};
await run(mounted, ask);
