// The official instrumentation of HTTP with every header captured, below Express: a secret in path, query, headers and error.
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const headers = ['authorization', 'cookie', 'set-cookie', 'x-api-key', 'referer', 'user-agent', 'x-note'];
const all = { requestHeaders: headers, responseHeaders: headers };
const instrumentation = new HttpInstrumentation({ headersToSpanAttributes: { server: all, client: all } });

const { once } = require('node:events');
const http = require('node:http');
const express = require('express');
const { SECRET } = process.env;

const app = express();
app.set('env', 'test');
app.get('/users/:id', (_request, response) => {
  response
    .set('set-cookie', [`sid=${SECRET}; Path=/`, 'theme=dark'])
    .set('x-note', `note ${SECRET}`)
    .send('ok');
});
app.get('/broken', () => {
  throw new Error(`no access with ${SECRET}`);
});

(async () => {
  const server = http.createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ask = async (path) => {
    const request = http.get({
      port: server.address().port,
      host: '127.0.0.1',
      path,
      agent: false,
      headers: {
        authorization: `Bearer ${SECRET}`,
        cookie: `sid=${SECRET}; theme=dark`,
        'x-api-key': SECRET,
        referer: `https://example.org/?token=${SECRET}`,
        'user-agent': `agent ${SECRET}`,
        'x-note': `note ${SECRET}`,
      },
    });
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    console.log(response.statusCode);
  };
  await ask(`/users/${SECRET}?token=${SECRET}&page=2`);
  await ask(`/broken?note=${SECRET}`);
  server.close();
  instrumentation.disable();
})();
