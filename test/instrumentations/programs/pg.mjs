import pg from 'pg';
import run from './pg-use.cjs';

await run(pg);
