import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { SumSeries } from '@otel-monitor/bound-metrics';
import { cleanName, cleanUrl, type OperationKind } from '@otel-monitor/runtime';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_SCHEME,
} from '@otel-monitor/semconv';
import { knownMethod, spanNameOf } from '../method-name.js';
import { ServerInstruments } from './server-instruments.js';
import { ServerRoute } from './server-route.js';

/** Most routes of one method that are kept. What comes later is recorded on the overflow series. */
const MAX_ROUTES = 2000;
/** Versions come from the wire. */
const MAX_METHODS = 200;

/** A longer route, or what is no text at all, is cleaned each time. */
const MAX_KEPT_ROUTE = 256;

/** Adapters hand on what a framework says, whatever that is. */
function isText(route: unknown): route is string {
  return typeof route === 'string' && route !== '';
}

function isKeepable(route: unknown): boolean {
  return route === undefined || (typeof route === 'string' && route.length <= MAX_KEPT_ROUTE);
}

/** Requests of one method over one scheme and version of the protocol: what their spans start with, and their routes. */
export class ServerMethod implements OperationKind {
  readonly spanKind = SpanKind.SERVER;
  readonly name: string;
  readonly attributes: Attributes;
  readonly active: SumSeries;
  readonly #routes = new Map<string | undefined, ServerRoute>();

  constructor(
    method: string,
    scheme: string,
    version: string,
    readonly isKept: boolean,
    private readonly instruments: ServerInstruments,
  ) {
    this.name = spanNameOf(method);
    const of = { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_URL_SCHEME]: scheme };
    this.active = instruments.active.bind(of);
    this.attributes = Object.freeze({ ...of, ...(version !== '' && { [ATTR_NETWORK_PROTOCOL_VERSION]: version }) });
  }

  /** @param route the template; undefined: none matched */
  route(route: string | undefined): ServerRoute {
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    const hasRoom = this.isKept && this.#routes.size < MAX_ROUTES && isKeepable(route);
    const made = this.#make(route, hasRoom);
    if (hasRoom) this.#routes.set(route, made);
    return made;
  }

  #make(route: string | undefined, isKept: boolean): ServerRoute {
    if (route === undefined) return new ServerRoute(this.name, this.attributes, isKept, this.instruments);
    const clean = isText(route) ? cleanUrl(route, MAX_KEPT_ROUTE) : cleanName(route);
    const attributes = Object.freeze({ ...this.attributes, [ATTR_HTTP_ROUTE]: clean });
    return new ServerRoute(`${this.name} ${clean}`, attributes, isKept, this.instruments);
  }
}

/** The methods of all requests, each made once. */
export class ServerMethods {
  readonly #instruments = new ServerInstruments();
  readonly #known = new Map<string, ServerMethod>();
  /** Most requests come as the one before came: it is found without making a key of it. */
  #last:
    | { readonly clean: string; readonly scheme: string; readonly version: string; readonly method: ServerMethod }
    | undefined;

  /**
   * @param method as it came
   * @param version as in `1.1` or `2`; empty: unknown
   */
  get(method: string, scheme: string, version: string): ServerMethod {
    const clean = knownMethod(method);
    const last = this.#last;
    if (last !== undefined && last.clean === clean && last.scheme === scheme && last.version === version) {
      return last.method;
    }
    const found = this.#get(clean, scheme, version);
    if (found.isKept) this.#last = { clean, scheme, version, method: found };
    return found;
  }

  #get(clean: string, scheme: string, version: string): ServerMethod {
    const key = `${clean} ${scheme} ${version}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const hasRoom = this.#known.size < MAX_METHODS;
    const made = new ServerMethod(clean, scheme, version, hasRoom, this.#instruments);
    if (hasRoom) this.#known.set(key, made);
    return made;
  }
}
