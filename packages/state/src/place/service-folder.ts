import { crc32Hex } from '../files/crc32.js';

/** The service whose state is kept. */
export interface ServiceIdentity {
  /** `service.name`. */
  readonly name: string;
  /** `service.namespace`. */
  readonly namespace: string | undefined;
}

const MAX_NAME = 80;
/** What the specification calls a service that was given no name. */
const UNNAMED = /^unknown_service/;

/**
 * The name of a service's own folder. A name that is no good name for a folder gets a short hash of itself, so that two of
 * them do not meet; a service without a name one of its main script, so that two programs of one user do not.
 */
export function serviceFolder({ name, namespace }: ServiceIdentity, mainScript = process.argv[1] ?? ''): string {
  if (UNNAMED.test(name)) return `${clean(name)}-${hash(`${namespace ?? ''}\n${name}\n${mainScript}`)}`;
  const given = namespace === undefined ? name : `${namespace}.${name}`;
  const cleaned = clean(given);
  return cleaned === given && namespace === undefined ? cleaned : `${cleaned}-${hash(`${namespace ?? ''}\n${name}`)}`;
}

function clean(text: string): string {
  const safe = text.slice(0, MAX_NAME).replace(/[^\w.-]/g, '_');
  // no hidden folder, and none that stands for another
  return safe.replace(/^[.-]/, '_');
}

function hash(text: string): string {
  return crc32Hex(Buffer.from(text));
}
