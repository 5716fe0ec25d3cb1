import type { WireValue } from '../service/wire-value.js';
import { labelled } from '../text/layout.js';
import { shortened } from '../text/printable.js';
import { age } from '../text/quantities.js';

const NAME_WIDTH = 24;
const STATE_WIDTH = 'unhealthy'.length;

/** The state of the service, and a line for each component with what is wrong and what to do. */
export function healthLines(health: WireValue): string[] {
  const components = health.get('components').list;
  const lines = components.flatMap((component) => {
    const message = component.get('message').text;
    const recovery = component.get('recovery').text;
    const beat = component.get('heartbeatAgeSeconds').number;
    const words = [
      ...(component.get('critical').isTrue ? ['critical'] : []),
      ...(message === '' ? [] : [message]),
      ...(recovery === '' ? [] : [`to do: ${recovery}`]),
      ...(beat === undefined ? [] : [`last heartbeat ${age(beat)} ago`]),
    ];
    const name = shortened(component.get('name').text, NAME_WIDTH).padEnd(NAME_WIDTH);
    return labelled(`${name}  ${component.get('status').text}`, words.join('; '), NAME_WIDTH + 2 + STATE_WIDTH);
  });
  const status = health.get('status').text || 'unknown';
  return [`HEALTH  ${status}${components.length === 0 ? ', no components are checked' : ''}`, ...lines];
}
