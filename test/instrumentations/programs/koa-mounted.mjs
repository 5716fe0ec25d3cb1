import { Router } from '@koa/router';
import { monitorKoa } from '@otel-monitor/http/koa';
import Koa from 'koa';
import ask from './ask.cjs';
import run from './koa-app.cjs';

class Mounted extends Koa {
  constructor() {
    super();
    this.use(monitorKoa());
  }
}
await run(Mounted, Router, ask);
