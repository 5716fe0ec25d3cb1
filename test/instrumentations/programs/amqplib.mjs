import amqplib from 'amqplib';
import run from './amqplib-use.cjs';

await run(amqplib);
