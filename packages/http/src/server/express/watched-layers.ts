import { foundRoute } from '../found-route.js';
import { answeredRequest } from '../node/monitored-messages.js';
import type { Layer } from './layer.js';
import { mountTemplate, UNKNOWN_TEMPLATE } from './mount-template.js';
import { routeTemplate } from './route-template.js';

/** Layers are watched by one copy of this package. */
const WATCHED = Symbol.for('otel-monitor.http.express-layers');
const OURS: unique symbol = Symbol('otel-monitor.http.express-middleware');
/** Under which paths the router was mounted that the request is in. */
const MOUNT: unique symbol = Symbol('otel-monitor.http.express-mount');

interface Mount {
  /** As the client wrote it: Express's `baseUrl`. */
  readonly base: string;
  readonly template: string;
}

/** A request of Express, as far as we read it. */
export interface ExpressRequest {
  readonly url?: string | undefined;
  readonly baseUrl?: string;
  [MOUNT]?: Mount | undefined;
}

type Next = (error?: unknown) => unknown;
type HandleRequest = (this: Layer, request: ExpressRequest, response: object, next: Next) => unknown;
type HandleError = (this: Layer, error: unknown, request: ExpressRequest, response: object, next: Next) => unknown;

/** Express 4 and 5 name it differently. */
const HANDLE_REQUEST = ['handle_request', 'handleRequest'];
const HANDLE_ERROR = ['handle_error', 'handleError'];
const ROOT: Mount = { base: '', template: '' };

/** Watches every layer of the class that this router's are of: routers tell nobody which route they took. */
export function watchLayers(router: unknown): void {
  const layer = (router as { readonly stack?: readonly unknown[] } | undefined)?.stack?.[0];
  if (typeof layer !== 'object' || layer === null) return;
  const prototype = Object.getPrototypeOf(layer) as Record<PropertyKey, unknown> | null;
  if (prototype === null || prototype === Object.prototype || Object.hasOwn(prototype, WATCHED)) return;
  Object.defineProperty(prototype, WATCHED, { value: true });
  for (const name of HANDLE_REQUEST) replace(prototype, name, watchedRequest);
  for (const name of HANDLE_ERROR) replace(prototype, name, watchedError);
}

/** Marks a middleware that is not watched itself. */
export function markOurs(middleware: object): void {
  Object.defineProperty(middleware, OURS, { value: true });
}

function isOurs(handle: unknown): boolean {
  return (handle as { [OURS]?: true })[OURS] === true;
}

/** A request that comes into view only here, inside of a mounted router. */
export function enterUnknownMount(request: ExpressRequest): void {
  const { baseUrl } = request;
  if (baseUrl === undefined || baseUrl === '' || request[MOUNT] !== undefined) return;
  request[MOUNT] = { base: baseUrl, template: UNKNOWN_TEMPLATE };
}

function replace<Handle>(prototype: Record<string, unknown>, name: string, watched: (handle: Handle) => Handle): void {
  const handle = prototype[name];
  if (typeof handle === 'function') prototype[name] = watched(handle as Handle);
}

function watchedRequest(handle: HandleRequest): HandleRequest {
  return function handleWatched(request, response, next) {
    // the handlers of one route, what they fail with comes through the route's own layer; and our middleware
    if (!('route' in this) || isOurs(this.handle)) return handle.call(this, request, response, next);
    const outer = request[MOUNT];
    look(this, request, response, outer ?? ROOT);
    return handle.call(this, request, response, (error) => {
      request[MOUNT] = outer;
      passedOn(response, error);
      return next(error);
    });
  };
}

function watchedError(handle: HandleError): HandleError {
  return function handleWatched(error, request, response, next) {
    passedOn(response, error);
    return handle.call(this, error, request, response, (further) => {
      passedOn(response, further);
      return next(further);
    });
  };
}

/** The words `route` and `router` leave a route or a router; anything else is an error. */
function passedOn(response: object, error: unknown): void {
  if (error && error !== 'route' && error !== 'router') answeredRequest(response)?.failed(error);
}

function look(layer: Layer, request: ExpressRequest, response: object, outer: Mount): void {
  try {
    if (layer.route !== undefined) {
      const template = outer.template + routeTemplate(layer, pathOf(request));
      foundRoute(response, template === '' ? '/' : template);
      return;
    }
    const { baseUrl: base = '' } = request;
    if (base !== outer.base) {
      const isWithin = base.startsWith(outer.base);
      const path = isWithin ? base.slice(outer.base.length) : base;
      request[MOUNT] = { base, template: (isWithin ? outer.template : '') + mountTemplate(layer, path) };
    }
    // it may be of another copy of the router's package
    watchLayers(layer.handle);
  } catch {
    // a layer of another shape: the request goes without a route
  }
}

function pathOf({ url = '' }: ExpressRequest): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
