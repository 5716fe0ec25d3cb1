import kafkajs from 'kafkajs';
import run from './kafkajs-use.cjs';

await run(kafkajs);
