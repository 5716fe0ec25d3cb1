import { serve } from '@hono/node-server';
import { monitorHono } from '@otel-monitor/http/hono';
import { Hono } from 'hono';
import ask from './ask.cjs';
import run from './hono-app.cjs';

class Mounted extends Hono {
  constructor() {
    super();
    this.use(monitorHono());
  }
}
await run({ Hono: Mounted }, { serve }, ask);
