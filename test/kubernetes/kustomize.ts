import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { onPath } from '../../scripts/executable-file.mjs';
import { findKubernetes } from '../../scripts/find-kubernetes.mjs';
import { repositoryRoot } from '../../scripts/repository.mjs';

/** The folder of Kubernetes' programs, where they have been built; the tests that need it say `(needs Kubernetes)`. */
export const kubernetesPrograms = findKubernetes(process.env).path;

/** kubectl, which has kustomize inside. */
export const kubectl =
  kubernetesPrograms === undefined ? onPath('kubectl', process.env) : join(kubernetesPrograms, 'kubectl');

/** make.sh needs it. */
export const hasOpenssl = onPath('openssl', process.env) !== undefined;

/** The overlays that are shipped, and one with the components that an overlay may name besides. */
export const overlays = ['small', 'production', 'everything'] as const;
export type Overlay = (typeof overlays)[number];

const everything = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../production]
components: [../../components/gateway-volumes, ../../components/pod-logs]
`;

/** The token that stands in the copy's Secret. */
export const viewerToken = 'a-token-of-the-test';

/** A copy of what kustomize reads, with the files of the Secrets, made by make.sh: the tree's own folder is left alone. */
export interface ManifestFolder {
  /** The folder of an overlay, for `--kustomize`. */
  overlay(name: Overlay): string;
  /** Writes a further one, and gives its folder. */
  add(name: string, kustomization: string): string;
  remove(): void;
}

export function copyManifests({ withSecrets = true } = {}): ManifestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-manifests-'));
  for (const name of ['kubernetes', 'collector-config']) {
    cpSync(join(repositoryRoot, name), join(folder, name), {
      recursive: true,
      filter: (source) => !/(tokens?|\.key|\.crt)$/.test(source),
    });
  }
  const add = (name: string, kustomization: string) => {
    const overlay = join(folder, 'kubernetes', 'overlays', name);
    mkdirSync(overlay);
    writeFileSync(join(overlay, 'kustomization.yaml'), kustomization);
    return overlay;
  };
  add('everything', everything);
  const secrets = join(folder, 'kubernetes', 'secrets');
  if (withSecrets) {
    writeFileSync(join(secrets, 'application', 'viewer-token'), viewerToken);
    execFileSync('sh', [join(secrets, 'make.sh')]);
  }
  return {
    overlay: (name) => join(folder, 'kubernetes', 'overlays', name),
    add,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An object of Kubernetes; what is below its spec is what the test that looks at it knows of its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  readonly [field: string]: any;
}

/** What `kubectl kustomize` makes of a folder; throws with its words when it refuses it, or warns of anything. */
export function buildManifests(folder: string): KubernetesObject[] {
  const { status, stdout, stderr } = spawnSync(kubectl as string, ['kustomize', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0 || stderr !== '') throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
}
