import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@openfeature/server-sdk';
import { NEW_UPLOADER } from './flags.js';
import { monitor } from './monitor.js';
import type { Visitor } from './visitors.js';

/** Visitors who do nothing for so long have gone; a real service gives them half an hour. */
export const ABANDON_AFTER_SECONDS = 0.25;

/** One visit: a picture is imported, by the uploader that the flag chooses, and the gallery is looked at. */
export function visit(visitor: Visitor, flags: Client): Promise<void> {
  return monitor.operation('visit', async () => {
    const isNew = await flags.getBooleanValue(NEW_UPLOADER, false, { targetingKey: visitor.id });
    const isThere = await importPicture(visitor, isNew);
    for (let look = 0; isThere && look < visitor.looks; look++) {
      monitor.trackFeature('gallery', 'opened', { userId: visitor.id });
    }
  });
}

/** Gives whether the visitor is still there afterwards. */
async function importPicture(visitor: Visitor, isNew: boolean): Promise<boolean> {
  const run = monitor.startWorkflow('import', { userId: visitor.id, abandonAfterSeconds: ABANDON_AFTER_SECONDS });
  run.step('choose');
  await delay(1);
  run.step('upload');
  await delay(isNew ? 2 : 10);
  // nothing tells a service that somebody has gone: the run is neither completed nor failed
  if (visitor.isImpatient && !isNew) return false;
  if (visitor.hasBadConnection && !isNew) {
    run.fail('ConnectionLost');
    return true;
  }
  if (visitor.needsConversion) {
    run.step('convert');
    await delay(1);
    if (visitor.hasOddPicture) {
      run.fail('UnknownFormat');
      return true;
    }
  }
  run.step('publish');
  run.complete();
  return true;
}
