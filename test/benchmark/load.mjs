/** Asks a service at a steady rate from outside of it, and says how many answers came. */
import { Agent, get } from 'node:http';

const { port, perSecond, seconds } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 20 });
const start = performance.now();
let asked = 0;
let answered = 0;
let failed = 0;

const timer = setInterval(() => {
  const elapsed = (performance.now() - start) / 1000;
  if (elapsed >= seconds) {
    clearInterval(timer);
    setTimeout(() => process.send({ type: 'result', result: { answered, failed } }, () => process.exit()), 500);
    return;
  }
  const due = Math.floor(elapsed * perSecond);
  // a service that cannot follow is not buried
  for (; asked < due && asked - answered - failed < 500; asked += 1) ask();
}, 5);

function ask() {
  get({ port, host: '127.0.0.1', agent }, (response) => {
    response.resume();
    response.on('end', () => {
      answered += 1;
    });
  }).on('error', () => {
    failed += 1;
  });
}
