import { escapeLabelValue } from './escape.js';
import { labelsOf } from './label-set.js';

/** The name of the metric that carries the resource; no other metric may have it. */
export const TARGET_INFO = 'target_info';

/** They make `job` and `instance`, which the scrape configuration sets on every series. */
const inJobAndInstance: ReadonlySet<string> = new Set(['service.name', 'service.namespace', 'service.instance.id']);
const setByPrometheus: ReadonlySet<string> = new Set(['job', 'instance']);

/**
 * The resource as one sample: its attributes as labels with value 1; empty text for an empty resource. Keys that become
 * one label have their values joined by `;` in the order that they came in, as the Collector does it. Throws when an
 * attribute cannot be read.
 */
export function targetInfo(attributes: unknown): string {
  const labels = labelsOf(attributes);
  if (labels.length === 0) return '';
  const values = new Map<string, string>();
  for (const { key, name, value } of labels) {
    if (inJobAndInstance.has(key) || setByPrometheus.has(name)) continue;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before};${value}`);
  }
  const names = [...values.keys()].sort();
  const text = names.map((name) => `${name}="${escapeLabelValue(values.get(name) ?? '')}"`).join(',');
  const sample = text === '' ? TARGET_INFO : `${TARGET_INFO}{${text}}`;
  return `# HELP ${TARGET_INFO} Target metadata\n# TYPE ${TARGET_INFO} gauge\n${sample} 1\n`;
}
