/**
 * Text that is no attribute: names, messages, bodies of bytes. The Collector's redaction processor looks at attributes and log
 * bodies only, so this text becomes an attribute before it, and what it was again after it. One list of patterns serves all.
 */
import { commonKeys, commonMetricName } from './common-keys.mjs';
import { commonDescription, commonName } from './common-text.mjs';
import { parameterName } from './key-names.mjs';
import { secretsWithinNames } from './key-shapes.mjs';

/** Of an attribute that is there in between. */
const PREFIX = 'otelcol.redact.';

/** A text of OTTL in quotes. @param {string} text */
const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/**
 * The owner of the attributes, and its field.
 * @type {Readonly<Record<'traces' | 'metrics' | 'logs', readonly (readonly [string, string])[]>>}
 */
const FIELDS = {
  traces: [
    ['scope', 'name'],
    ['scope', 'version'],
    ['span', 'name'],
    ['span', 'status.message'],
    ['span', 'trace_state'],
    ['spanevent', 'name'],
  ],
  metrics: [
    ['scope', 'name'],
    ['scope', 'version'],
  ],
  logs: [
    ['scope', 'name'],
    ['scope', 'version'],
    ['log', 'severity_text'],
    ['log', 'event_name'],
  ],
};

/** @param {readonly (readonly [string, string])[]} fields */
const byOwner = (fields) =>
  [...new Set(fields.map(([owner]) => owner))].map((owner) => fields.filter(([of]) => of === owner));

/** @param {string} field */
const keyOf = (field) => `attributes[${quoted(PREFIX + field)}]`;

/** A group of statements of one owner; with conditions, where one of them holds. @typedef {{ conditions?: string[], statements: string[] }} Group */

/** Literals, looked for where there is a quote. */
const STATEMENTS = ['db.query.text', 'db.statement'].flatMap((key) => {
  const path = `span.attributes[${quoted(key)}]`;
  const quote = (/** @type {string} */ sign) => `where ${path} != nil and Index(${path}, ${quoted(sign)}) >= 0`;
  return [
    `replace_pattern(${path}, ${quoted("'(?:[^'\\\\]|''|\\\\.)*(?:'|$)")}, "?") ${quote("'")}`,
    `replace_pattern(${path}, ${quoted('([=(,:<>\\[] {0,3})"(?:[^"\\\\]|\\\\.)*"')}, "\${1}?") ${quote('"')}`,
    `replace_pattern(${path}, ${quoted('(?i)^(auth|config set requirepass) [^\\[*].*')}, "\${1} ****") where ${path} != nil`,
  ];
});
const QUERY = `replace_pattern(span.attributes["url.query"], ${quoted(`(?i)^(?:${parameterName})=[^&\\[*]+`)}, "****") where span.attributes["url.query"] != nil`;
/** Links have attributes that no processor can reach: they can be dropped as a whole. */
const LINKS = 'set(span.links, nil) where "$' + '{env:COLLECTOR_LINKS:-keep}" == "drop"';
const BYTES = [
  `set(log.cache["text"], Decode(log.body, "utf-8")) where log.body != nil and not (IsString(log.body) or IsMap(log.body) or IsList(log.body) or IsBool(log.body) or IsInt(log.body) or IsDouble(log.body))`,
  `set(log.body, log.cache["text"]) where log.cache["text"] != nil and not IsMatch(log.cache["text"], ${quoted('[\\x{fffd}\\x00-\\x08]')})`,
];
const EXEMPLARS = 'keep_keys(exemplar.filtered_attributes, [])';

/**
 * Keys that are secrets themselves.
 * @param {string} owner
 * @returns {Group}
 */
const inKeys = (owner, where = `Len(${owner}) > 0`) => ({
  conditions: [`${where} and not IsMatch(Keys(${owner}), ${quoted(commonKeys)})`],
  statements: secretsWithinNames.map((pattern) => `replace_all_patterns(${owner}, "key", ${quoted(pattern)}, "****")`),
});
/** @param {string} path @param {string} common @returns {Group} */
const inText = (path, common) => ({
  conditions: [`not IsMatch(${path}, ${quoted(common)})`],
  statements: secretsWithinNames.map((pattern) => `replace_pattern(${path}, ${quoted(pattern)}, "****")`),
});
const RESOURCE = inKeys('resource.attributes');
const SCOPE = inKeys('scope.attributes');

/** @type {Readonly<Record<'traces' | 'metrics' | 'logs', readonly Group[]>>} */
const OTHERS = {
  traces: [
    { statements: [...STATEMENTS, QUERY, LINKS] },
    ...[inKeys('span.attributes'), inKeys('spanevent.attributes'), RESOURCE, SCOPE],
  ],
  metrics: [
    { statements: [EXEMPLARS] },
    ...[
      inText('metric.name', commonMetricName),
      inText('metric.description', commonDescription),
      inKeys('datapoint.attributes'),
      RESOURCE,
      SCOPE,
    ],
  ],
  logs: [{ statements: BYTES }, ...[inKeys('log.attributes'), inKeys('log.body', 'IsMap(log.body)'), RESOURCE, SCOPE]],
};

/** Groups of statements by signal: a group has one owner. */
export const before = {
  traces: [...OTHERS.traces, ...byOwner(FIELDS.traces).map(moved)],
  metrics: [...OTHERS.metrics, ...byOwner(FIELDS.metrics).map(moved)],
  logs: [...OTHERS.logs, ...byOwner(FIELDS.logs).map(moved)],
};
export const after = {
  traces: byOwner(FIELDS.traces).map(restored),
  metrics: byOwner(FIELDS.metrics).map(restored),
  logs: byOwner(FIELDS.logs).map(restored),
};

/** @param {readonly (readonly [string, string])[]} fields @returns {Group} */
function moved(fields) {
  return {
    statements: fields.map(
      ([owner, field]) =>
        `set(${owner}.${keyOf(field)}, ${owner}.${field}) where not IsMatch(${owner}.${field}, ${quoted(commonName)})`,
    ),
  };
}

/** @param {readonly (readonly [string, string])[]} fields @returns {Group} */
function restored(fields) {
  const statements = fields.flatMap(([owner, field]) => {
    const where = `where ${owner}.${keyOf(field)} != nil`;
    return [
      `set(${owner}.${field}, ${owner}.${keyOf(field)}) ${where}`,
      `delete_key(${owner}.attributes, ${quoted(PREFIX + field)}) ${where}`,
    ];
  });
  return { statements };
}
