import * as redis from 'redis';
import run from './redis-use.cjs';

await run(redis);
