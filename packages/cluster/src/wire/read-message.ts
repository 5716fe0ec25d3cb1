import type { Attributes } from '@opentelemetry/api';
import {
  COMMAND,
  type FromPrimary,
  type FromWorker,
  type Part,
  VERSION,
  type WireExemplar,
  type WireHealth,
  type WireInstrument,
  type WireKind,
  type WireSeries,
  type WireValue,
} from './message.js';
import { MAX_PART_CHARACTERS } from './told-parts.js';

/** Most of anything in one message; a worker puts in a fraction of it. */
const MAX_ENTRIES = 2000;
const MAX_NUMBERS = 5000;
const MAX_BOUNDARIES = 1000;
const MAX_TEXT = 1024;
const MAX_NAME = 255;
const MAX_UNIT = 63;
const MAX_COMPONENTS = 500;
const MAX_FIELDS = 32;
const EXEMPLAR_NUMBERS = 10;
/** `3`, `thread/2`, `3/thread/2`. */
const WORKER_ID = /^(?:[1-9]\d{0,8})?(?:(?:^|\/)thread\/[1-9]\d{0,8})?$/;

const kinds: readonly WireKind[] = ['counter', 'up_down_counter', 'histogram', 'gauge'];

type Fields = Record<string, unknown>;

/** What a worker says, held to its form; undefined when it is none of ours or out of form. Total on any input. */
export function readFromWorker(message: unknown): FromWorker | undefined {
  return read(message, (fields) => {
    const { kind, epoch } = fields;
    if (kind === 'bye') return { kind };
    if (kind === 'hello') {
      const { id, session } = fields;
      return isText(id, MAX_NAME) && id !== '' && WORKER_ID.test(id) && isText(session, MAX_NAME)
        ? { kind, id, session }
        : undefined;
    }
    if (!isText(epoch, MAX_NAME)) return undefined;
    if (kind === 'kept') return readKept(epoch, fields);
    if (kind === 'told') return readTold(epoch, fields);
    if (kind === 'part') return { kind, epoch, ...readPart(fields) };
    if (kind !== 'done' || !isWhole(fields.round)) return undefined;
    const health = readHealth(fields.health);
    return { kind, epoch, round: fields.round, ...(health && { health }) };
  });
}

/** The same of what a primary says. */
export function readFromPrimary(message: unknown): FromPrimary | undefined {
  return read(message, ({ kind, epoch, round }) => {
    if (kind === 'who') return { kind };
    if (!isText(epoch, MAX_NAME)) return undefined;
    if (kind === 'welcome') return { kind, epoch };
    return (kind === 'ask' || kind === 'tell' || kind === 'more') && isWhole(round)
      ? { kind, epoch, round }
      : undefined;
  });
}

function read<M>(message: unknown, as: (fields: Fields) => M | undefined): M | undefined {
  try {
    const fields = message as Fields | null;
    if (typeof fields !== 'object' || fields === null) return undefined;
    return fields.cmd === COMMAND && fields.version === VERSION ? as(fields) : undefined;
  } catch {
    return undefined;
  }
}

/** What is out of form is left out one by one: what is left is still right. */
function readPart({ instruments, series, restarted, values, exemplars, gone }: Fields): Part {
  return {
    instruments: entries(instruments, isInstrument),
    series: entries(series, isSeries),
    restarted: entries(restarted, isWhole),
    values: entries(values, isValue),
    exemplars: entries(exemplars, isExemplar),
    gone: entries(gone, isWhole),
  };
}

function readKept(epoch: string, { round, waits, state, stateVersion, entries }: Fields): FromWorker | undefined {
  const isKept =
    isWhole(round) && isText(state, MAX_NAME) && isWhole(stateVersion) && isText(entries, MAX_PART_CHARACTERS);
  return isKept ? { kind: 'kept', epoch, round, waits: waits === true, state, stateVersion, entries } : undefined;
}

function readTold(epoch: string, { round, missing, leftOut }: Fields): FromWorker | undefined {
  if (!isWhole(round) || !isWhole(leftOut)) return undefined;
  const isId = (id: unknown): id is string => isText(id, MAX_NAME) && id !== '' && WORKER_ID.test(id);
  return { kind: 'told', epoch, round, missing: entries(missing, isId), leftOut };
}

function entries<T>(list: unknown, is: (entry: unknown) => entry is T): T[] {
  return Array.isArray(list) ? list.slice(0, MAX_ENTRIES).filter(is) : [];
}

function isInstrument(entry: unknown): entry is WireInstrument {
  const { id, scope, name, unit, description, kind, buckets } = entry as WireInstrument;
  const isNamed = isText(name, MAX_NAME) && isText(unit, MAX_UNIT) && isText(description, MAX_TEXT);
  if (!isWhole(id) || !isNamed || !kinds.includes(kind) || !isScope(scope)) return false;
  if (kind !== 'histogram' || buckets === 'exponential') return true;
  if (!Array.isArray(buckets) || buckets.length > MAX_BOUNDARIES) return false;
  return buckets.every((bound, index) => Number.isFinite(bound) && !(index > 0 && bound <= buckets[index - 1]!));
}

function isScope(scope: WireInstrument['scope']): boolean {
  const isOptional = (text: unknown) => text === undefined || isText(text, MAX_TEXT);
  return isText(scope.name, MAX_TEXT) && isOptional(scope.version) && isOptional(scope.schemaUrl);
}

function isSeries(entry: unknown): entry is WireSeries {
  const [id, instrument, startMillis, attributes] = entry as WireSeries;
  return isWhole(id) && isWhole(instrument) && Number.isFinite(startMillis) && isAttributes(attributes);
}

function isAttributes(attributes: unknown): attributes is Attributes {
  return typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes);
}

function isValue(entry: unknown): entry is WireValue {
  return Array.isArray(entry) && entry.length <= MAX_NUMBERS && isWhole(entry[0]);
}

function isExemplar(entry: unknown): entry is WireExemplar {
  return Array.isArray(entry) && entry.length === EXEMPLAR_NUMBERS && entry.every(Number.isFinite);
}

function readHealth(given: unknown): WireHealth | undefined {
  const health = given as Partial<WireHealth> | undefined;
  if (typeof health !== 'object' || health === null || !isText(health.status, MAX_NAME)) return undefined;
  const { status, isReady, isStarted, components } = health;
  const plain = Array.isArray(components) ? components.slice(0, MAX_COMPONENTS).map(plainComponent) : [];
  return { status, isReady: isReady === true, isStarted: isStarted === true, components: plain.filter(isComponent) };
}

/** The fields of a component that are text, numbers and truth values; lists of names are for its own process. */
function plainComponent(given: unknown): Fields {
  const fields = Object.entries(given ?? {}).slice(0, MAX_FIELDS);
  return Object.fromEntries(
    fields.filter(([, value]) => isText(value, MAX_TEXT) || Number.isFinite(value) || typeof value === 'boolean'),
  );
}

function isComponent(fields: Fields): fields is Fields & WireHealth['components'][number] {
  return isText(fields.name, MAX_TEXT) && isText(fields.status, MAX_NAME);
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
