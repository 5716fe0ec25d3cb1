// No server of MongoDB can be had for a test: this one speaks as much of its protocol as one question needs.
const { createServer } = require('node:net');
const { deserialize, serialize } = require('bson');

module.exports = async ({ MongoClient }, { trace }) => {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        socket.write(answer(waiting.subarray(0, waiting.readInt32LE(0))));
        waiting = waiting.subarray(waiting.readInt32LE(0));
      }
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = new MongoClient(`mongodb://127.0.0.1:${server.address().port}/test`);
  // its instrumentation makes spans below another one only
  await trace.getTracer('program').startActiveSpan('work', async (span) => {
    const { of } = await client.db().collection('things').findOne({ name: 'hammer' });
    console.log(of);
    span.end();
  });
  await client.close();
  server.close();
};

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** One message for one message (MongoDB wire protocol: OP_QUERY for the first hello, OP_MSG from then on). */
function answer(message) {
  const [id, code] = [message.readInt32LE(4), message.readInt32LE(12)];
  if (code === OP_QUERY) {
    // flags, cursor, start, one document
    const head = Buffer.alloc(20);
    head.writeInt32LE(1, 16);
    return packet(id, OP_REPLY, Buffer.concat([head, serialize(hello)]));
  }
  const command = deserialize(message.subarray(21));
  const found = { ok: 1, cursor: { id: 0n, ns: 'test.things', firstBatch: [{ name: 'hammer', of: 'steel' }] } };
  const body = 'find' in command ? found : 'hello' in command || 'ismaster' in command ? hello : { ok: 1 };
  return packet(id, OP_MSG, Buffer.concat([Buffer.alloc(5), serialize(body)]));
}

const hello = { ok: 1, isWritablePrimary: true, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 21 };

function packet(responseTo, code, body) {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(code, 12);
  return Buffer.concat([head, body]);
}
