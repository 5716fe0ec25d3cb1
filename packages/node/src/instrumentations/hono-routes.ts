import { context, createContextKey } from '@opentelemetry/api';
import type { LibraryPatch } from './library-patch.js';

/** Where OpenTelemetry's instrumentations of frameworks leave the route of a request (`RPCMetadata` of its core). */
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

interface HonoContext {
  readonly req: {
    readonly routeIndex?: number;
    readonly matchedRoutes?: readonly { readonly method?: string; readonly path?: string }[];
  };
}

interface HonoApp {
  use(middleware: (c: HonoContext, next: () => Promise<void>) => Promise<void>): unknown;
}

type HonoClass = new (...args: unknown[]) => HonoApp;

/**
 * Every application of Hono has a first middleware that says which route has answered. It makes no span: the request has
 * one already, and gets its route from here.
 */
export const honoRoutes: LibraryPatch = {
  library: 'hono',
  versions: ['>=4.0.0 <5'],
  replace({ Hono }) {
    if (typeof Hono !== 'function') return {};
    const routed = class extends (Hono as HonoClass) {
      constructor(...args: unknown[]) {
        super(...args);
        this.use(tellRoute);
      }
    };
    Object.defineProperty(routed, 'name', { value: Hono.name });
    return { Hono: routed };
  },
};

async function tellRoute(c: HonoContext, next: () => Promise<void>): Promise<void> {
  const metadata = context.active().getValue(RPC_METADATA) as { type?: unknown; route?: string } | undefined;
  await next();
  if (metadata?.type !== 'http') return;
  try {
    const { matchedRoutes, routeIndex } = c.req;
    const route = matchedRoutes?.[routeIndex ?? -1];
    // middleware that answers itself, or nobody who does: there is no route
    if (route?.path === undefined || (route.method === 'ALL' && route.path.endsWith('*'))) return;
    metadata.route = route.path;
  } catch {
    // the request goes on without its route
  }
}
