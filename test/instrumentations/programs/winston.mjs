import { trace } from '@opentelemetry/api';
import winston from 'winston';
import run from './winston-use.cjs';

await run(winston, { trace });
