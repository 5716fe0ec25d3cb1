import { trace } from '@opentelemetry/api';
import pino from 'pino';
import run from './pino-use.cjs';

await run(pino, { trace });
