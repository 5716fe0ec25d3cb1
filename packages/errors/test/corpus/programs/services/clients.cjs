const { reportAll } = require('./report.cjs');

const random = (limit) => Math.floor(Math.random() * limit);

async function loadUser(database, id) {
  return database('users').where({ id }).first();
}

async function fetchPrice(axios, id) {
  const { data } = await axios.get(`http://127.0.0.1:1/prices/${id}`);
  return data;
}

reportAll([
  [
    'knex: connection refused',
    async () => {
      const knex = require('knex');
      const database = knex({ client: 'pg', connection: { host: '127.0.0.1', port: 1 } });
      await loadUser(database, random(1000));
    },
  ],
  [
    'pg: connection refused',
    async () => {
      const { Client } = require('pg');
      async function connect() {
        const client = new Client({ host: '127.0.0.1', port: 1 });
        await client.connect();
      }
      await connect();
    },
  ],
  ['axios: connection refused', () => fetchPrice(require('axios'), random(1000))],
  [
    'axios: not found',
    async () => {
      const server = require('node:http').createServer((_request, response) => response.writeHead(404).end());
      await new Promise((resolve) => server.listen(0, resolve));
      async function fetchStock(id) {
        await require('axios').get(`http://127.0.0.1:${server.address().port}/stock/${id}`);
      }
      await fetchStock(random(1000));
    },
  ],
  [
    'mongoose: not valid',
    async () => {
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: { type: String, required: true }, age: Number }));
      async function saveUser(user) {
        await user.validate();
      }
      await saveUser(new User({ age: `old-${random(1000)}` }));
    },
  ],
  [
    'mongoose: no server',
    async () => {
      const mongoose = require('mongoose');
      async function openDatabase() {
        await mongoose.connect('mongodb://127.0.0.1:1/shop', { serverSelectionTimeoutMS: 50 });
      }
      await openDatabase();
    },
  ],
  [
    'zod: not valid',
    () => {
      const { z } = require('zod');
      function parseOrder(value) {
        return z.object({ id: z.string(), amount: z.number() }).parse(value);
      }
      return parseOrder({ id: random(1000), amount: 'many' });
    },
  ],
  [
    'ioredis: no server',
    async () => {
      const Redis = require('ioredis');
      async function readSession(redis, id) {
        return redis.get(`session:${id}`);
      }
      const redis = new Redis({ host: '127.0.0.1', port: 1, maxRetriesPerRequest: 0, retryStrategy: () => null });
      redis.on('error', () => undefined);
      await readSession(redis, random(1000));
    },
  ],
  [
    'lodash: callback',
    () => {
      const lodash = require('lodash');
      return lodash.map([{}], function priceOfItem(item) {
        return item.price.cents;
      });
    },
  ],
  [
    'p-limit: task',
    async () => {
      const { default: pLimit } = await import('p-limit');
      const limit = pLimit(1);
      await limit(async function renderTile() {
        throw new Error(`tile ${random(1000)} cannot be rendered`);
      });
    },
  ],
]).then(() => process.exit(0));
