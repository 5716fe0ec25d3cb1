import { escapeLabelValue } from './escape.js';
import { prometheusLabelName } from './label-name.js';
import { labelValue } from './label-value.js';
import { alwaysThere } from './scope-label-names.js';

/** One label before it is written: what it was called, what it is called now, and its text. */
export interface Label {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** The labels of one series as text. */
export interface LabelSet {
  /** `a="1",b="2"`, sorted by name, each name once. */
  readonly text: string;
  /**
   * Equal for what Prometheus takes for one series, to which an empty label is no label. Mostly the same string as `text`:
   * labels of the scope that no series is without stand in it also when they are empty.
   */
  readonly identity: string;
  /** Keys became one name, or a reserved name was changed. */
  readonly conflict: boolean;
}

/** The labels of attributes, one for one. Throws when an attribute has no key, or a value without text. */
export function labelsOf(attributes: unknown, prefix = ''): Label[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  return Object.keys(attributes).map((key) => {
    if (key === '') throw new Error('an attribute without a key');
    const value = labelValue((attributes as Record<string, unknown>)[key]);
    return { key: prefix + key, name: prometheusLabelName(prefix + key), value };
  });
}

/**
 * Joins the labels of a point and of its scope. Values of keys that share a name are joined by `;` in the order of the
 * keys (specification, "Metric Attributes"). `reserved` is a name that the family itself uses (`le`): an attribute of that
 * name gets the prefix `exported_`, which is Prometheus' own way out of such clashes.
 */
export function labelSet(own: readonly Label[], ofScope: readonly Label[], reserved: string | undefined): LabelSet {
  let conflict = false;
  const labels = own.map((label) => {
    if (label.name !== reserved) return label;
    conflict = true;
    return { ...label, name: `exported_${label.name}` };
  });
  labels.push(...ofScope);
  labels.sort(byNameThenKey);

  let text = '';
  let identity = '';
  let hasOptionalEmpty = false;
  for (let at = 0; at < labels.length; ) {
    const { name, value: first } = labels[at]!;
    let value = first;
    for (at += 1; at < labels.length && labels[at]!.name === name; at += 1) {
      conflict = true;
      value += `;${labels[at]!.value}`;
    }
    const label = `${name}="${escapeLabelValue(value)}"`;
    text += text === '' ? label : `,${label}`;
    if (value === '' && !alwaysThere.has(name)) hasOptionalEmpty = true;
    else identity += identity === '' ? label : `,${label}`;
  }
  return { text, identity: hasOptionalEmpty ? identity : text, conflict };
}

function byNameThenKey(a: Label, b: Label): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return 0;
}
