import type { ServerRole } from '@otel-monitor/config';
import type { Context } from 'hono';

/** Adds a page to the endpoints, for those who have at least the role. */
export type AddPage = (
  path: string,
  who: ServerRole | 'anyone',
  page: (context: Context) => Response | Promise<Response>,
) => void;
