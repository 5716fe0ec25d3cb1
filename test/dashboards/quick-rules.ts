import { prometheusFiles } from '@otel-monitor/dashboards';
import { isMap, parseDocument, visit } from 'yaml';

/**
 * The rules as they are shipped, with every `for` a sixtieth of what it is: a minute becomes a second. By their names for
 * `rule_files: ['*.rules.yaml']`.
 */
export function quickRules(...names: readonly string[]): Record<string, string> {
  const files = prometheusFiles().filter(({ path }) => names.includes(nameOf(path)));
  return Object.fromEntries(files.map(({ path, text }) => [`${nameOf(path)}.rules.yaml`, quick(text)]));
}

const nameOf = (path: string) => path.replace(/^rules\/|\.yaml$/g, '');

function quick(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Map: (_, map) => {
      const duration = isMap(map) ? map.get('for') : undefined;
      if (typeof duration === 'string' && /^\d+m$/.test(duration)) map.set('for', duration.replace('m', 's'));
    },
  });
  return document.toString({ lineWidth: 0 });
}
