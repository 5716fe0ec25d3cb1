/**
 * Who may import whom: the table of ARCHITECTURE.md as data. `own`: packages of this project. `api`: @opentelemetry/api.
 * `sdk`: 'types of sdk-metrics' for types alone, so that nothing of an SDK is loaded; 'all' for the packages that build
 * providers. Node's own modules and what a package lists in its dependencies from elsewhere are free.
 */
export interface AllowedImports {
  own: string[];
  api: boolean;
  sdk: 'none' | 'types of sdk-metrics' | 'all';
}

const foundation = ['runtime', 'semconv', 'bound-metrics', 'redaction'];
const concepts = ['operations', 'errors', 'usage', 'health'];
const belowAttach = [
  ...foundation,
  'state',
  'propagation',
  ...concepts,
  'config',
  'host',
  'monitor',
  'http',
  'prometheus',
  'cluster',
  'history',
  'alerts',
  'server',
];

const namesOnly: AllowedImports = { own: [], api: false, sdk: 'none' };
const concept: AllowedImports = { own: foundation, api: true, sdk: 'none' };

export const allowedImports: Record<string, AllowedImports> = {
  semconv: namesOnly,
  runtime: { ...namesOnly, api: true },
  state: { ...namesOnly, own: ['runtime'] },
  redaction: namesOnly,
  config: { ...namesOnly, own: ['semconv', 'redaction'] },
  // semconv: the name of its own overflow counter.
  'bound-metrics': { own: ['runtime', 'semconv'], api: true, sdk: 'types of sdk-metrics' },
  // its spans are read like the SDK's and held to its rules; it builds no provider
  spans: { own: ['runtime', 'semconv'], api: true, sdk: 'all' },
  propagation: { own: ['runtime'], api: true, sdk: 'none' },
  operations: { ...concept, own: [...foundation, 'propagation'] },
  errors: concept,
  usage: concept,
  health: concept,
  host: { own: ['runtime', 'semconv', 'bound-metrics'], api: true, sdk: 'none' },
  monitor: { own: [...foundation, 'propagation', ...concepts], api: true, sdk: 'none' },
  http: { own: [...foundation, 'propagation', 'operations', 'errors'], api: true, sdk: 'none' },
  'log-correlation': { own: ['runtime'], api: true, sdk: 'none' },
  cluster: { own: ['runtime', 'semconv', 'bound-metrics'], api: true, sdk: 'types of sdk-metrics' },
  prometheus: { own: ['bound-metrics'], api: false, sdk: 'types of sdk-metrics' },
  history: { own: ['bound-metrics', 'semconv', 'redaction'], api: false, sdk: 'types of sdk-metrics' },
  alerts: { own: ['history', 'semconv', 'bound-metrics', 'redaction'], api: false, sdk: 'none' },
  server: {
    own: ['semconv', ...concepts, 'monitor', 'history', 'alerts', 'prometheus', 'config'],
    api: false,
    sdk: 'none',
  },
  attach: { own: belowAttach, api: true, sdk: 'types of sdk-metrics' },
  node: { own: ['attach', 'spans', ...belowAttach], api: true, sdk: 'all' },
  dashboards: { own: ['semconv', 'prometheus', 'alerts', 'config'], api: false, sdk: 'none' },
  cli: { own: ['config', 'alerts', 'history', 'dashboards'], api: false, sdk: 'none' },
  testing: { own: ['attach', 'node', 'spans', ...belowAttach], api: true, sdk: 'all' },
};
