import type { ServerRole } from '@otel-monitor/config';
import type { Page } from './page.js';

/** A page that was found, and what stands in the place of its `:name`. */
export interface Route {
  readonly who: ServerRole | 'anyone';
  readonly page: Page;
  readonly name: string | undefined;
}

interface Named extends Omit<Route, 'name'> {
  readonly prefix: string;
}

const NAME = ':name';

/** The pages by their paths. */
export class Routes {
  /** As they were added. */
  readonly paths: string[] = [];
  readonly #exact = new Map<string, Omit<Route, 'name'>>();
  readonly #named: Named[] = [];

  add(path: string, who: Route['who'], page: Page): void {
    this.paths.push(path);
    if (path.endsWith(`/${NAME}`)) this.#named.push({ prefix: path.slice(0, -NAME.length), who, page });
    else this.#exact.set(path, { who, page });
  }

  /** The page of a path as it stands in a request, encoded and without the query. */
  find(path: string): Route | undefined {
    const exact = this.#exact.get(path);
    if (exact !== undefined) return { ...exact, name: undefined };
    for (const { prefix, who, page } of this.#named) {
      const segment = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      if (segment !== '' && !segment.includes('/')) return { who, page, name: decoded(segment) };
    }
    return undefined;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
