import { Queue, Worker } from 'bullmq';
import run from './bullmq-use.cjs';

await run({ Queue, Worker });
