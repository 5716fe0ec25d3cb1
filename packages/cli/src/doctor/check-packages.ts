import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';
import { type InstalledPackage, installedPackages } from './installed-packages.js';

const API = '@opentelemetry/api';
const SDK = [
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/core',
  '@opentelemetry/resources',
];

/** Whether what the program in `cwd` has installed of OpenTelemetry works together. */
export function checkPackages(cwd: string): Finding[] {
  const installed = installedPackages('@opentelemetry', cwd);
  const api = installed.filter(({ name }) => name === API);
  const sdk = installed.filter(({ name }) => SDK.includes(name));
  return [checkApi(api), checkSdk(sdk, api)];
}

function checkApi(copies: readonly InstalledPackage[]): Finding {
  const check = 'API';
  const versions = new Set(copies.map(({ version }) => version));
  if (copies.length === 0) {
    const message = `${API} is not installed here: nothing can be recorded`;
    return { level: 'fail', check, message, advice: `npm install ${API}@1.9.1` };
  }
  if (versions.size > 1) {
    const message = `${copies.length} copies of ${API}: ${list(copies)}; one silences the other`;
    return { level: 'fail', check, message, advice: `see npm ls ${API}, and let all ask for one version` };
  }
  const [version = ''] = versions;
  if (!isAtLeast(version, 1, 9) || isAtLeast(version, 2, 0)) {
    const message = `${API} ${printable(version)}: expected 1.9 or later of the 1 line`;
    return { level: 'fail', check, message, advice: `npm install ${API}@1.9.1` };
  }
  if (copies.length > 1) {
    const message = `${copies.length} copies of ${API} ${printable(version)}: ${list(copies)}`;
    return { level: 'warn', check, message, advice: `npm dedupe; the next update may make two versions of them` };
  }
  return { level: 'ok', check, message: `one copy of ${API}, ${printable(version)}` };
}

function checkSdk(packages: readonly InstalledPackage[], api: readonly InstalledPackage[]): Finding {
  const check = 'SDK';
  if (packages.length === 0)
    return { level: 'ok', check, message: 'none installed: monitoring attaches to what is there' };
  const doubled = packages.filter(({ name }) => packages.filter((other) => other.name === name).length > 1);
  if (doubled.length > 0) {
    const message = `more than one copy: ${list(doubled)}`;
    return { level: 'warn', check, message, advice: 'ask for one exact version of each, or use overrides' };
  }
  const isOld = packages.some(({ name, version }) => name.includes('/sdk-') && !isAtLeast(version, 3, 0));
  if (isOld && api.some(({ version }) => isAtLeast(version, 1, 10))) {
    const message = `${list(packages)} beside ${API} ${printable(api[0]?.version ?? '')}: records nothing, and says nothing`;
    return { level: 'fail', check, message, advice: `npm install ${API}@1.9.1` };
  }
  return { level: 'ok', check, message: list(packages) };
}

function list(packages: readonly InstalledPackage[]): string {
  const shown = packages.slice(0, 5).map(({ name, version, path }) => {
    const short = name.replace('@opentelemetry/', '');
    return name === API ? `${version} in ${path}` : `${short} ${version}`;
  });
  if (packages.length > shown.length) shown.push(`${packages.length - shown.length} more`);
  return printable(shown.join(', '));
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
