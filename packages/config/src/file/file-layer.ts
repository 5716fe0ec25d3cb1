import type { Findings } from '../findings.js';
import { describeFound } from '../found.js';
import { dataLayer } from '../layers/data-layer.js';
import type { Layer } from '../layers/layer.js';
import { mergeLayers } from '../layers/merge.js';
import { isPlainObject } from '../layers/plain-data.js';

const WRAPPER = 'monitoring';

/**
 * The layer of a file's content. The settings may stand in `monitoring`, at the root, or in both (a file that has
 * `monitoring` and `alerts` side by side); what stands in `monitoring` wins.
 */
export function fileLayer(content: unknown, source: string, findings: Findings): Layer {
  const sourceOf = () => source;
  // an empty YAML file is null
  if (content === undefined || content === null) return { values: {}, sourceOf };
  if (!isReadable(content)) {
    findings.problem({ path: source, found: describeFound(content, []), expected: 'an object', source });
    return { values: {}, sourceOf };
  }
  const { [WRAPPER]: wrapped, ...root } = content;
  const layer = (given: unknown, prefix: readonly string[]) =>
    dataLayer(given, { source, spelling: 'snake_case', prefix }, findings);
  if (wrapped === undefined || wrapped === null) return layer(root, []);
  return { values: mergeLayers([layer(wrapped, [WRAPPER]), layer(root, [])]).values, sourceOf };
}

function isReadable(content: unknown): content is Record<string, unknown> {
  try {
    return isPlainObject(content) && Object.keys({ ...content }).length >= 0;
  } catch {
    return false;
  }
}
