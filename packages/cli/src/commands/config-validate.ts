import { ConfigError, type ConfigProblem, loadConfig } from '@otel-monitor/config';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Surroundings } from '../surroundings.js';
import { labelled } from '../text/layout.js';
import { printable, printableJson } from '../text/printable.js';

export interface ConfigValidateOptions {
  readonly json?: boolean | undefined;
}

/** Checks a configuration file together with the environment, as a start would: problems and warnings. */
export function configValidate(
  file: string | undefined,
  { json }: ConfigValidateOptions,
  { env, cwd, stdout }: Surroundings,
): ExitCode {
  const { problems, warnings } = checkedConfig(file, env, cwd);
  const valid = problems.length === 0;
  if (json) stdout(`${printableJson({ valid, problems, warnings })}\n`);
  else stdout(`${text(file ?? env.OTEL_MONITOR_CONFIG ?? 'environment', problems, warnings).join('\n')}\n`);
  return valid ? EXIT.ok : EXIT.usage;
}

/** What is wrong with the configuration, and what is odd. */
export function checkedConfig(
  file: string | undefined,
  env: Surroundings['env'],
  cwd: string,
): { problems: readonly ConfigProblem[]; warnings: readonly string[] } {
  try {
    const { warnings } = loadConfig({ code: { config: file }, env, cwd });
    return { problems: [], warnings };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems, warnings: [] };
    throw error;
  }
}

function text(name: string, problems: readonly ConfigProblem[], warnings: readonly string[]): string[] {
  const verdict = [plural(problems.length, 'problem'), plural(warnings.length, 'warning')].filter((one) => one !== '');
  return [
    `${printable(name)}: ${problems.length === 0 ? ['valid', ...verdict].join(', ') : verdict.join(', ')}`,
    ...problems.flatMap(({ path, found, expected, source }) => [
      `  ${printable(path, 96)}`,
      ...labelled('  found', printable(found)),
      ...labelled('  expected', printable(expected)),
      ...labelled('  in', printable(source)),
    ]),
    ...warnings.flatMap((warning) => labelled('warning', printable(warning, 2000))),
  ];
}

function plural(many: number, what: string): string {
  if (many === 0) return '';
  return many === 1 ? `1 ${what}` : `${many} ${what}s`;
}
