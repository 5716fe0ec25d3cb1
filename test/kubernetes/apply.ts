import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { operatorModule } from '../../scripts/find-kubernetes.mjs';
import type { ControlPlane } from './control-plane.js';
import { kubectl, kubernetesPrograms } from './kustomize.js';

/** Runs kubectl as the cluster's administrator; throws with its words when it fails. Warnings are on `stderr`. */
export function runKubectl(cluster: ControlPlane, args: readonly string[]): { stdout: string; stderr: string } {
  const options = ['--kubeconfig', cluster.kubeconfig];
  const { status, stdout, stderr } = spawnSync(kubectl as string, [...options, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}:\n${stderr}`);
  return { stdout, stderr };
}

/** Puts the definitions of prometheus-operator into the cluster, as an installation of it does. */
export function installOperatorDefinitions(cluster: ControlPlane): void {
  const files = operatorModule.files.flatMap((file) => ['-f', join(kubernetesPrograms as string, file)]);
  runKubectl(cluster, ['apply', '--server-side', ...files]);
  runKubectl(cluster, ['wait', '--for=condition=Established', 'crd', '--all', '--timeout=120s']);
}
