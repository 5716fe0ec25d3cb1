import { literal, type TraceHeaders } from './trace-headers.js';

/** Where undici keeps the headers of a request. */
export interface UndiciCarrier {
  /** Names and values in turn; text in versions before 6. */
  readonly headers?: unknown;
  addHeader?(name: string, value: string): unknown;
}

/** Headers of a request of undici. */
export class UndiciHeaders implements TraceHeaders {
  constructor(private readonly request: UndiciCarrier) {}

  values(name: string): readonly string[] {
    const { headers } = this.request;
    if (Array.isArray(headers)) return placesOf(headers, name).map((place) => String(headers[place + 1]));
    if (typeof headers !== 'string') return [];
    return [...headers.matchAll(new RegExp(`^${literal(name)}: *([^\\r\\n]*)`, 'gim'))].map(([, value]) => value ?? '');
  }

  set(name: string, value: string): void {
    this.remove(name);
    // what cannot be taken out would be there twice
    if (this.values(name).length === 0) this.request.addHeader?.(name, value);
  }

  remove(name: string): void {
    const { headers } = this.request;
    if (!Array.isArray(headers)) return;
    for (const place of placesOf(headers, name).reverse()) headers.splice(place, 2);
  }
}

/** The value of a header in a list of names and values in turn, as text or bytes. */
export function headerOf(headers: readonly unknown[], name: string): string | undefined {
  const [place] = placesOf(headers, name);
  return place === undefined ? undefined : String(headers[place + 1]);
}

function placesOf(headers: readonly unknown[], name: string): number[] {
  const places: number[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const key = headers[index] as { readonly length?: number } | undefined;
    if (key?.length === name.length && String(key).toLowerCase() === name) places.push(index);
  }
  return places;
}
