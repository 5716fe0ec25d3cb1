import { monitorExpress } from '@otel-monitor/http/express';
import express from 'express';
import ask from './ask.cjs';
import run from './express-app.cjs';

await run(
  Object.assign(() => express().use(monitorExpress()), { Router: express.Router }),
  ask,
);
