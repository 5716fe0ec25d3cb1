import mysql from 'mysql2/promise';
import run from './mysql2-use.cjs';

await run(mysql);
