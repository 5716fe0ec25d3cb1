import type { HealthSnapshot } from '@otel-monitor/history';
import { type AddPage, json, type PageRequest } from './page.js';
import type { ServerSources } from './server-sources.js';
import { within } from './within.js';

const DEADLINE_MILLIS = 10_000;

/** The health of the service and of its components. A page about something unhealthy is a 503, anything else a 200. */
export function addHealthPages(addPage: AddPage, sources: ServerSources): void {
  const report = () => within(DEADLINE_MILLIS, 'the health report', sources.health());
  const statusCode = ({ status }: Pick<HealthSnapshot, 'status'>) => (status === 'unhealthy' ? 503 : 200);

  const component = async ({ name }: PageRequest) => {
    const found = (await report()).components.find((one) => one.name === name);
    return found === undefined ? json({ error: 'there is no such component' }, 404) : json(found, statusCode(found));
  };
  addPage('/health', 'viewer', async () => {
    const health = await report();
    return json(health, statusCode(health));
  });
  addPage('/health/components', 'viewer', async () => {
    const health = await report();
    return json({ status: health.status, components: health.components }, statusCode(health));
  });
  addPage('/health/components/:name', 'viewer', component);
  addPage('/health/:name', 'viewer', component);
}
