import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildKubernetes } from '../../scripts/build-kubernetes.mjs';
import {
  findKubernetes,
  kubernetesFolder,
  kubernetesPackages,
  kubernetesVersion,
  operatorModule,
} from '../../scripts/find-kubernetes.mjs';
import { machineWithGo } from './machine-with-go.js';

const PROGRAMS = 'server kube-apiserver kube-controller-manager kubectl';

/** Its go makes the programs out of nothing, and gives out the module of the operator. */
function machine(extra: Record<string, string> = {}) {
  const makes = `for name in ${PROGRAMS}; do cp go.sum "$out$name"; chmod +x "$out$name"; done`;
  const made = machineWithGo(buildKubernetes, makes, extra);
  const definitions = join(made.module, operatorModule.folder);
  mkdirSync(definitions, { recursive: true });
  for (const file of operatorModule.files) writeFileSync(join(definitions, file), 'definition');
  return made;
}

describe('building Kubernetes', () => {
  it('takes the sums of the module, and leaves programs and definitions and nothing else in the cache', async () => {
    const { env, build, asked, said } = machine();
    const folder = await build();
    expect(folder).toBe(join(kubernetesFolder(env, '1.26'), 'kubernetes'));
    const names = [...Object.keys(kubernetesPackages), ...operatorModule.files].sort();
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(readFileSync(join(folder, 'etcd'), 'utf8')).toContain('k8s.io/kubernetes v1.');
    expect(asked()[0]).toMatch(/^build -mod=readonly -trimpath -ldflags=-s -w -X \S+gitVersion=v1\./);
    expect(asked()[0]).toContain(Object.values(kubernetesPackages).join(' '));
    expect(asked()[1]).toBe(`mod download -json ${operatorModule.path}@v${operatorModule.version}`);
    expect(readdirSync(env.OTELCOL_CACHE)).toHaveLength(1);
    expect(said[0]).toContain(`building Kubernetes ${kubernetesVersion()}`);
  });

  it('fails with the last lines of the build, and leaves nothing behind', async () => {
    const { env, build } = machine({ BROKEN: '1' });
    await expect(build()).rejects.toThrow(/ended with 1:\n.*undefined: x/s);
    expect(readdirSync(env.OTELCOL_CACHE)).toEqual([]);
  });
});

describe('finding Kubernetes', () => {
  it('takes KUBERNETES_PROGRAMS, then what was built', async () => {
    const { env, build } = machine();
    expect(findKubernetes(env)).toEqual({ notes: ['no Kubernetes in KUBERNETES_PROGRAMS or in the cache'] });
    const built = await build();
    expect(findKubernetes(env)).toEqual({ path: built, notes: [] });
    expect(findKubernetes({ ...env, KUBERNETES_PROGRAMS: built, OTELCOL_CACHE: '/nowhere' }).path).toBe(built);
  });

  it('takes nothing else when a program is missing in KUBERNETES_PROGRAMS', async () => {
    const { root, env, build } = machine();
    await build();
    expect(findKubernetes({ ...env, KUBERNETES_PROGRAMS: root })).toEqual({
      notes: [expect.stringContaining(`${root}, which has not all of etcd, kube-apiserver, kube-controller-manager`)],
    });
  });
});
