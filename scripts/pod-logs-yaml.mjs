import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectorConfigFolder } from './repository.mjs';

const begins = '      # From here as in log-files.yaml: `node scripts/generate.mjs` writes it.\n';
const ends = '      # To here.\n';

/**
 * collector-config/kubernetes-pod-logs.yaml, with the operators by which log-files.yaml reads a line: files of the Collector cannot
 * share a part of a list, and a line means the same in either.
 * @param {string} [folder]
 * @returns {string}
 */
export function podLogsYaml(folder = collectorConfigFolder) {
  const [podLogs, logFiles] = ['kubernetes-pod-logs.yaml', 'log-files.yaml'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const operators = /^ {6}# Lines of JSON\.\n.*^ {6}- \{ type: noop, id: done \}\n/ms.exec(logFiles ?? '')?.[0];
  if (operators === undefined) throw new Error('log-files.yaml has no operators from "Lines of JSON." to `done`');
  const [before, rest] = (podLogs ?? '').split(begins);
  const after = rest?.split(ends)[1];
  if (after === undefined) throw new Error('kubernetes-pod-logs.yaml has no place for them');
  return `${before}${begins}${operators}${ends}${after}`;
}
