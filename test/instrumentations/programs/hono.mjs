import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import ask from './ask.cjs';
import run from './hono-app.cjs';

await run({ Hono }, { serve }, ask);
