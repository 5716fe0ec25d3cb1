/**
 * Writes the files that are generated and committed. `node scripts/generate.mjs`: writes those that differ and says which.
 * With `--check` it writes nothing and ends with 1 when they are not what their sources make. It needs `npm run build`.
 */
import { outputProblems, writeOutputs } from './generated-outputs.mjs';
import { prometheusRuleFiles } from './kubernetes-rules.mjs';
import { podLogsYaml } from './pod-logs-yaml.mjs';
import { repositoryRoot } from './repository.mjs';

/** @import { GeneratedOutput } from './generated-outputs.mjs' */

const [built, { redactionYaml }] = await Promise.all([
  import('@otel-monitor/dashboards'),
  import('./collector-redaction/redaction-yaml.mjs'),
]).catch((error) => {
  console.error(`generate: the packages are not built (npm run build): ${error.message}`);
  process.exit(1);
});

/**
 * Add a folder here and its files are written and compared.
 * @type {GeneratedOutput[]}
 */
const outputs = [
  { folder: 'grafana-config/dashboards', owns: /\.json$/, files: () => built.grafanaFiles() },
  { folder: 'prometheus-config', owns: /^rules\/.+\.yaml$/, files: () => built.prometheusFiles() },
  {
    folder: 'kubernetes/components/prometheus-operator',
    owns: /^prometheus-rules\.yaml$/,
    files: async () => prometheusRuleFiles(await built.prometheusFiles()),
  },
  {
    folder: 'collector-config',
    owns: /^redaction\.yaml$/,
    files: () => [{ path: 'redaction.yaml', text: redactionYaml }],
  },
  {
    folder: 'collector-config',
    owns: /^kubernetes-pod-logs\.yaml$/,
    files: () => [{ path: 'kubernetes-pod-logs.yaml', text: podLogsYaml() }],
  },
  { folder: 'alertmanager-config', owns: /\.yaml$/, files: () => built.alertmanagerFiles() },
];

const args = process.argv.slice(2);
if (args.length === 0) {
  const written = await writeOutputs(repositoryRoot, outputs);
  console.log(written.length === 0 ? 'everything is up to date' : written.map((path) => `wrote ${path}`).join('\n'));
} else if (args.length === 1 && args[0] === '--check') {
  const problems = await outputProblems(repositoryRoot, outputs);
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) {
    console.log('npm run build && node scripts/generate.mjs writes them anew');
    process.exitCode = 1;
  }
} else {
  console.error('usage: node scripts/generate.mjs [--check]');
  process.exitCode = 64;
}
