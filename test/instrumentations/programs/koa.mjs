import { Router } from '@koa/router';
import Koa from 'koa';
import ask from './ask.cjs';
import run from './koa-app.cjs';

await run(Koa, Router, ask);
