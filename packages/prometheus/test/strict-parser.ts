/**
 * A parser of both formats that accepts nothing that the formats do not: what Prometheus, client_golang and OpenMetrics'
 * own test suite check, as assertions. It shares no code with the serialiser.
 */
export interface Sample {
  name: string;
  labels: ReadonlyMap<string, string>;
  value: number;
  exemplar?: { labels: Record<string, string>; value: number; seconds: number };
}

export interface ParsedFamily {
  type: string;
  help: string;
  unit: string | undefined;
  samples: Sample[];
}

export type Parsed = Map<string, ParsedFamily>;

const suffixes: Record<string, Record<string, string[]>> = {
  text: { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'] },
  openmetrics: { counter: ['_total'], gauge: [''], unknown: [''], histogram: ['_bucket', '_sum', '_count'] },
};

export function parseStrictly(text: string, format: 'text' | 'openmetrics'): Parsed {
  if (text === '' && format === 'text') return new Map();
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  if (/\p{Cs}/u.test(text)) throw new Error('half of a surrogate pair');
  const lines = text.slice(0, -1).split('\n');
  if (format === 'openmetrics' && lines.pop() !== '# EOF') throw new Error('no # EOF at the end');

  const parsed: Parsed = new Map();
  let name = '';
  let family: ParsedFamily | undefined;
  let metadata: string[] = [];
  for (const line of lines) {
    try {
      const meta = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/su.exec(line);
      if (meta !== null) {
        const [, keyword, of, rest] = meta as unknown as [string, string, string, string];
        if (keyword === 'HELP') {
          if (parsed.has(of)) throw new Error('a family comes twice');
          name = of;
          family = { type: '', help: unescaped(rest, format === 'openmetrics'), unit: undefined, samples: [] };
          parsed.set(of, family);
          metadata = [];
        }
        if (family === undefined || of !== name) throw new Error('metadata outside their family');
        if (family.samples.length > 0) throw new Error('metadata after samples');
        if (metadata.includes(keyword)) throw new Error(`two ${keyword} lines`);
        metadata.push(keyword);
        if (keyword === 'TYPE') family.type = rest;
        if (keyword === 'UNIT') {
          if (format === 'text') throw new Error('UNIT in text');
          if (!name.endsWith(`_${rest}`)) throw new Error('the name does not end with the unit');
          family.unit = rest;
        }
        continue;
      }
      const sample = parseSample(line, format);
      const allowed = suffixes[format]![family?.type ?? ''];
      if (family === undefined || allowed === undefined) throw new Error('a sample without type');
      if (!allowed.some((suffix) => sample.name === name + suffix)) throw new Error(`not of the family ${name}`);
      family.samples.push(sample);
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(line)}`);
    }
  }
  for (const [of, { type, samples }] of parsed) checkFamily(of, type, samples, format);
  checkNames(parsed, format);
  return parsed;
}

function parseSample(line: string, format: 'text' | 'openmetrics'): Sample {
  const start = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{)?/.exec(line);
  if (start === null) throw new Error('neither metadata nor a sample');
  const labels = new Map<string, string>();
  let at = start[0].length;
  if (start[2] !== undefined) {
    for (;;) {
      const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\.)*)"([,}])/suy;
      label.lastIndex = at;
      const found = label.exec(line);
      if (found === null) throw new Error('no label where one must be');
      const [whole, key, value, end] = found as unknown as [string, string, string, string];
      if (key.startsWith('__')) throw new Error(`the label ${key} is reserved`);
      if (labels.has(key)) throw new Error(`the label ${key} comes twice`);
      labels.set(key, unescaped(value, true));
      at += whole.length;
      if (end === '}') break;
    }
  }
  const rest = /^ (NaN|[+-]Inf|-?[0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+)?)( # .*)?$/s.exec(line.slice(at));
  if (rest === null) throw new Error('no value at the end');
  const sample = { name: start[1]!, labels, value: numberOf(rest[1]!) };
  return rest[2] === undefined ? sample : { ...sample, exemplar: parseExemplar(rest[2], sample, format) };
}

function parseExemplar(text: string, { name, labels }: Sample, format: string): NonNullable<Sample['exemplar']> {
  if (format !== 'openmetrics' || !name.endsWith('_bucket')) throw new Error('an exemplar where there may be none');
  const parts = /^ # \{trace_id="([0-9a-f]{32})",span_id="([0-9a-f]{16})"\} (\S+) ([0-9]{1,11}\.[0-9]{3})$/.exec(text);
  if (parts === null) throw new Error('no exemplar');
  const value = Number(parts[3]);
  if (!(value <= numberOf(labels.get('le') ?? ''))) throw new Error('an exemplar that is not in its bucket');
  return { labels: { trace_id: parts[1]!, span_id: parts[2]! }, value, seconds: Number(parts[4]) };
}

export function numberOf(text: string): number {
  return text.endsWith('Inf') ? Number(`${text}inity`) : Number(text);
}

function unescaped(text: string, quotes: boolean): string {
  return text.replace(/\\(.?)/gsu, (_, character: string) => {
    if (character === 'n') return '\n';
    if (character === '\\' || (character === '"' && quotes)) return character;
    throw new Error(`\\${character} is no escape`);
  });
}

/** The labels without those that are empty, which are none. */
export function identityOf({ name, labels }: Sample): string {
  return JSON.stringify([name, [...labels].filter(([, value]) => value !== '').sort()]);
}

function checkFamily(name: string, type: string, samples: readonly Sample[], format: string): void {
  if (samples.length === 0) throw new Error(`${name} has no samples`);
  const seen = new Set(samples.map(identityOf));
  if (seen.size !== samples.length) throw new Error(`${name} has a series twice`);
  if (type === 'counter' && format === 'openmetrics' && samples.some(({ value }) => !(value >= 0))) {
    throw new Error(`${name} has a counter below zero or NaN`);
  }
  if (type === 'histogram') for (const group of histogramGroups(name, samples)) checkHistogram(name, group, format);
}

/** Runs of samples with the same labels but `le`; a series whose lines are apart is found as a bucket missing. */
function histogramGroups(name: string, samples: readonly Sample[]): Sample[][] {
  const groups: Sample[][] = [];
  let current = '';
  for (const sample of samples) {
    const labels = [...sample.labels].filter(([key]) => key !== 'le' || sample.name !== `${name}_bucket`);
    const key = JSON.stringify(labels);
    if (key !== current) groups.push([]);
    current = key;
    groups.at(-1)!.push(sample);
  }
  return groups;
}

function checkHistogram(name: string, group: readonly Sample[], format: string): void {
  const bucketLines = group.filter((sample) => sample.name === `${name}_bucket`);
  const les = bucketLines.map(({ labels }) => labels.get('le') ?? 'none');
  const bounds = les.map(numberOf);
  if (bounds.some((bound, index) => Number.isNaN(bound) || (index > 0 && bound <= bounds[index - 1]!))) {
    throw new Error(`${name}: bounds ${les} do not ascend`);
  }
  if (format === 'openmetrics' && les.some((le) => !/[.e]|Inf/.test(le))) throw new Error(`${name}: le is no float`);
  if (les.at(-1) !== '+Inf') throw new Error(`${name}: no +Inf bucket at the end`);
  const counts = bucketLines.map(({ value }) => value);
  if (counts.some((count, index) => !(count >= (counts[index - 1] ?? 0)) || !Number.isInteger(count))) {
    throw new Error(`${name}: buckets ${counts} are not cumulative`);
  }
  const rest = group.slice(bucketLines.length);
  const names = rest.map((sample) => sample.name).join(' ');
  if (format === 'openmetrics') {
    if (names === '') return;
    if (bounds[0]! < 0 || !(rest[0]!.value >= 0)) throw new Error(`${name}: a sum where it means nothing`);
  }
  if (names !== `${name}_sum ${name}_count`) throw new Error(`${name}: ${names} instead of sum and count`);
  if (rest[1]!.value !== counts.at(-1)) throw new Error(`${name}: count is not the +Inf bucket`);
}

/** No family may have, or in OpenMetrics could have, a sample that is named like one of another. */
function checkNames(parsed: Parsed, format: 'text' | 'openmetrics'): void {
  const taken = new Map<string, string>();
  for (const [name, { type }] of parsed) {
    const created = format === 'openmetrics' && (type === 'counter' || type === 'histogram') ? ['_created'] : [];
    for (const suffix of new Set(['', ...suffixes[format]![type]!, ...created])) {
      const other = taken.get(name + suffix);
      if (other !== undefined) throw new Error(`${name} and ${other} both have ${name + suffix}`);
      taken.set(name + suffix, name);
    }
  }
}
