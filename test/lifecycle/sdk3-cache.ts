import { join } from 'node:path';
import { installOnce } from '../installed/install-once.js';
import { layPackages } from '../installed/lay-beside.js';
import { dependenciesOf, ownPackages } from '../installed/own-packages.js';

/** The 3.x line as it is installed: it needs a newer Node than this project asks for, so a Node comes along. */
const SDK3 = {
  node: '24.21.0',
  '@opentelemetry/api': '1.10.0',
  '@opentelemetry/sdk-node': '0.301.0',
  '@opentelemetry/sdk-trace': '3.1.0',
  '@opentelemetry/sdk-metrics': '3.1.0',
};

/** An installation of Node 24 with SDK 3.1 and api 1.10, or why there is none. */
export type Sdk3 =
  | { readonly node: string; readonly folder: string; readonly missing?: undefined }
  | { readonly missing: string };

/**
 * Installs SDK 3.1 beside the built packages: they stand there as a user's installation has them, so that they find api
 * 1.10 and no SDK of ours.
 */
export function prepareSdk3(): Sdk3 {
  const ours = ownPackages({ withSdk2: false });
  const installed = installOnce('sdk3', { '.': { ...SDK3, ...dependenciesOf(ours) } }, ['--strict-peer-deps']);
  if (installed.missing !== undefined) return installed;
  layPackages(ours, installed.folder);
  return { node: join(installed.folder, 'node_modules', 'node', 'bin', 'node'), folder: installed.folder };
}
