import { trace } from '@opentelemetry/api';
import { Redis } from 'ioredis';
import run from './ioredis-use.cjs';

await run(Redis, { trace });
