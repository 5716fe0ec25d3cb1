import { type AddPage, text } from './page.js';
import type { ServerSources } from './server-sources.js';

/** What orchestrators ask. Anyone may, by any name: the answer is one word. */
export function addProbes(addPage: AddPage, sources: ServerSources): void {
  const probe = (path: string, isUp: () => boolean, otherwise: string) =>
    addPage(path, 'anyone', () => {
      const up = isUp();
      return text(up ? 'ok\n' : `${otherwise}\n`, up ? 200 : 503);
    });
  // whoever answers is alive
  probe('/livez', () => true, '');
  probe('/readyz', () => sources.isReady(), 'not ready');
  probe('/startupz', () => sources.isStarted(), 'not started');
}
