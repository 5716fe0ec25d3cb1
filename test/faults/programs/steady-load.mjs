/** Sends requests at a steady rate, from outside of the service; its settings are its argument, its result the last message. */
import { percentile } from '../../benchmark/statistics.mjs';
import { steadyRequests } from '../../benchmark/steady-requests.mjs';

const { asked, failed, millis } = await steadyRequests(JSON.parse(process.argv[2]));
process.send({ type: 'done', asked, failed, p99Millis: percentile(millis, 0.99) }, () => process.disconnect());
