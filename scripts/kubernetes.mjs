/**
 * Finds the control plane of Kubernetes that manifests are tried against, or builds it with Go, once, into the cache outside
 * of the tree.
 */
import { buildKubernetes } from './build-kubernetes.mjs';
import { findKubernetes } from './find-kubernetes.mjs';
import { printOrBuild } from './print-or-build.mjs';

const kubernetes = {
  name: 'kubernetes',
  prints: 'the folder of the programs',
  enough: 'KUBERNETES_PROGRAMS=/folder/of/programs',
  isChosen: Boolean(process.env.KUBERNETES_PROGRAMS),
  find: findKubernetes,
  build: buildKubernetes,
};
process.exitCode = await printOrBuild(kubernetes, process.argv[2]);
