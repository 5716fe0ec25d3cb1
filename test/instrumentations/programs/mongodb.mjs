import { trace } from '@opentelemetry/api';
import { MongoClient } from 'mongodb';
import run from './mongodb-use.cjs';

await run({ MongoClient }, { trace });
