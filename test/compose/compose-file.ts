import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target?: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly network_mode?: string;
  readonly user?: string;
  readonly deploy?: { readonly resources: { readonly limits: { cpus: string; memory: string; pids: number } } };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** A folder, file or named volume that a service sees under another path. */
export interface Mount {
  /** A path of the repository (`./…`), or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  /** Whether the volume, while it is empty, becomes what the image has at the target, its owner included. */
  readonly takesContent: boolean;
}

export const composeText = readFileSync(`${root}docker-compose.yml`, 'utf8');

/** The names that the file takes from the environment, with their defaults. */
export const variables = [...composeText.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)].map(([, name, value]) => ({
  name: name as string,
  value: value as string,
}));

/** The file as compose sees it: anchors merged, then with the environment that is given in its values, else the defaults. */
export function readCompose(env: Readonly<Record<string, string>> = {}): ComposeFile {
  const interpolated = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\{([A-Z_]+):-([^}]*)\}/g, (_, name: string, other: string) => env[name] || other);
    }
    if (Array.isArray(value)) return value.map(interpolated);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, interpolated(each)]));
  };
  return interpolated(parse(composeText, { merge: true })) as ComposeFile;
}

export function mounts({ volumes = [] }: ComposeService): Mount[] {
  return volumes.map((volume) => {
    const [source, target, mode] = volume.split(':');
    const modes = (mode ?? '').split(',');
    return {
      source: source as string,
      target: target as string,
      isReadOnly: modes.includes('ro'),
      takesContent: isNamed(source as string) && !modes.includes('nocopy'),
    };
  });
}

const isNamed = (source: string): boolean => !source.startsWith('.');
export const isNamedVolume = ({ source }: Mount): boolean => isNamed(source);

/** Every `service:port` of the text whose host is none of loopback's: what must lead to a service. */
export function addressesIn(text: string): { host: string; port: string }[] {
  const named = /(?<![\w./@$}-])([a-z][a-z0-9-]*):(\d{2,5})(?![\w.:])/g;
  const plain = text.replace(/^\s*#.*$/gm, '').replaceAll(/https?:\/\//g, ' ');
  return [...plain.matchAll(named)].map(([, host, port]) => ({ host: host as string, port: port as string }));
}

/** The command that a target of a Dockerfile starts, written as a list. */
export function commandOf(dockerfile: string, target: string): string[] {
  const text = readFileSync(`${root}${dockerfile}`, 'utf8');
  const stage = text.split(/^FROM /m).find((each) => new RegExp(`^\\S+ AS ${target}\\n`).test(each));
  const command = stage && /^CMD (\[.*\])$/m.exec(stage)?.[1];
  if (command === undefined) throw new Error(`${dockerfile} has no target ${target} with a CMD`);
  return JSON.parse(command) as string[];
}
