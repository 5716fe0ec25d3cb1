import { fastify } from 'fastify';
import ask from './ask.cjs';
import run from './fastify-app.cjs';

await run(fastify, ask);
