import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './compose-file.js';

export interface DataSource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly isDefault?: boolean;
  readonly jsonData: {
    readonly httpMethod?: string;
    readonly alertmanagerUid?: string;
    readonly exemplarTraceIdDestinations?: readonly { name: string; datasourceUid?: string; url?: string }[];
    readonly tracesToMetrics?: {
      readonly datasourceUid: string;
      readonly tags: readonly { key: string; value: string }[];
      readonly queries: readonly { name: string; query: string }[];
    };
  };
}

export interface DashboardProvider {
  readonly name: string;
  readonly options: { readonly path: string };
}

/** The folders of grafana-config/provisioning, as Grafana names them. */
export type Kind = 'datasources' | 'dashboards';

export function provisioningText(kind: Kind): string {
  const folder = join(root, 'grafana-config/provisioning', kind);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

/** The names that a text takes from the environment. */
export const namesIn = (text: string): string[] =>
  [...text.replace(/^\s*#.*$/gm, '').matchAll(/(?<!\$)\$\{?([A-Z_]+)\}?/g)].map(([, name]) => name as string);

/** As Grafana expands values: `$NAME` and `${NAME}` are of the environment, `$$` is a dollar. */
function expanded<T>(value: T, env: Readonly<Record<string, string>>): T {
  if (typeof value === 'string') {
    return value.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (all, braced?: string, bare?: string) =>
      all === '$$' ? '$' : (env[(braced ?? bare) as string] ?? ''),
    ) as T;
  }
  if (Array.isArray(value)) return value.map((each) => expanded(each, env)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expanded(each, env)])) as T;
}

export function dataSources(env: Readonly<Record<string, string>>): DataSource[] {
  const { datasources } = parse(provisioningText('datasources')) as { datasources: DataSource[] };
  return expanded(datasources, env);
}

export function dashboardProviders(env: Readonly<Record<string, string>>): DashboardProvider[] {
  const { providers } = parse(provisioningText('dashboards')) as { providers: DashboardProvider[] };
  return expanded(providers, env);
}

/** The uids and variables that panels, queries and variables of a dashboard name as their data source, with its type. */
export function sourcesOf(dashboard: unknown): { uid: string; type: string | undefined }[] {
  if (typeof dashboard !== 'object' || dashboard === null) return [];
  const { datasource } = dashboard as { datasource?: { uid?: string; type?: string } };
  const own = typeof datasource === 'object' && datasource?.uid !== undefined ? [datasource] : [];
  const inside = Object.values(dashboard).flatMap(sourcesOf);
  return [...own.map(({ uid, type }) => ({ uid: uid as string, type })), ...inside];
}
