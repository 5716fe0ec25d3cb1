/** An application that knows nothing of monitoring: GET / is 200, GET /broken is 500. */
import { createServer } from 'node:http';

createServer((request, response) => {
  response.statusCode = request.url === '/broken' ? 500 : 200;
  response.end('done\n');
}).listen(Number(process.env.PORT), process.env.HOST ?? '0.0.0.0');
