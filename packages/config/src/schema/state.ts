import { described, flag, group, text, whole } from './fields.js';

/** What outlives the process. */
export const stateSchema = group({
  enabled: described('Keep error groups and usage in files, and take them up again at the next start.', flag()),
  directory: described(
    "Folder that the service's own folder is made in. Left out: the state directory of the system or the user.",
    text('the path of a folder'),
  ),
  flushIntervalMillis: described(
    'Time between two writes of what has changed, in milliseconds.',
    whole(100, 3_600_000, 'milliseconds'),
  ),
});
