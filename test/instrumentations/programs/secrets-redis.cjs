// Two clients: a secret in a key, in a value, in a script and its arguments, in a password, and in the error that comes back.
const { trace } = require('@opentelemetry/api');
const Redis = require('ioredis');
const redis = require('redis');
const { SECRET, SERVER_URL } = process.env;

(async () => {
  const other = redis.createClient({ url: SERVER_URL });
  await other.connect();
  const client = new Redis(SERVER_URL);
  await trace.getTracer('program').startActiveSpan('work', async (span) => {
    await client.set(`session:${SECRET}`, SECRET);
    await client.get(`session:${SECRET}`);
    await client.eval(`return '${SECRET}'`, 1, `key:${SECRET}`, SECRET);
    await client.auth('default', SECRET);
    await client.call('NOSUCH', SECRET).catch((error) => console.log(error.message.split(' ')[0]));
    await other.set(`session:${SECRET}`, SECRET);
    await other.sendCommand(['NOSUCH', SECRET]).catch((error) => console.log(error.message.split(' ')[0]));
    span.end();
  });
  await client.quit();
  await other.close();
})();
