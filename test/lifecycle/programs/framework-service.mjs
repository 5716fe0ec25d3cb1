/** A service whose framework has an adapter of its own copy of the package; asks itself, and ends. */
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { monitorExpress } from '@otel-monitor/http/express';
import express from 'express';

const app = express();
app.set('env', 'test');
app.use(monitorExpress());
const members = express.Router();
members.get('/members/:member', (_request, response) => response.send('ok'));
app.use('/teams/:team', members);
app.get('/broken', () => {
  throw new RangeError('broken');
});

const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
for (const path of ['/teams/7/members/8', '/broken', '/nowhere/9', '/health']) {
  const [response] = await once(
    get({ port: server.address().port, host: '127.0.0.1', path, agent: false }),
    'response',
  );
  response.resume();
  await once(response, 'end');
}
server.close();
