import { Command, CommanderError, Option } from 'commander';
import { configSchema } from './commands/config-schema.js';
import { configValidate } from './commands/config-validate.js';
import { dashboardsEmit } from './commands/dashboards-emit.js';
import { doctor } from './commands/doctor.js';
import { EMIT_TARGETS } from './commands/emit-option.js';
import { EMIT_OPTIONS } from './commands/emit-options.js';
import { errors } from './commands/errors.js';
import { status } from './commands/status.js';
import { usage } from './commands/usage.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { ServiceError } from './service/ask-service.js';
import { DEFAULT_URL, UsageError } from './service/service-address.js';
import type { Surroundings } from './surroundings.js';
import { printable, printableJson } from './text/printable.js';

const EXIT_CODES = `
Exit codes: 0 healthy or done, 1 degraded or a check failed, 2 unhealthy, 3 unreachable, 64 bad usage or configuration.
A token is read from OTEL_MONITOR_TOKEN_VIEWER, _OPERATOR or _ADMIN, or the file named by the same with _FILE.`;

/** Runs `otel-monitor` with these arguments, without the program's name. Resolves to the exit code; never rejects. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = commandLine(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has said it already; its code is 0 for help that was asked for
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return failed(error, args.includes('--json'), surroundings);
  }
}

function commandLine(surroundings: Surroundings, exit: (code: ExitCode) => void): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('otel-monitor')
    .description('Looks at services that are monitored by otel-monitor, and at what they need.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: stdout, writeErr: stderr })
    .showHelpAfterError('(otel-monitor --help tells more)');
  withOptions(program.command('status'))
    .description('what a running service has recorded, its health and resources')
    .action(async (options) => exit(await status(options, surroundings)));
  withOptions(program.command('errors'))
    .argument('[ID]', 'of a group, or of one of its errors: that group, with its stack and samples')
    .description('the groups of errors of a running service (wants the token of an operator)')
    .option('--severity <severity>', 'info, warning, error or critical')
    .option('--operation <name>', 'only those that happened in this operation')
    .option('--release <version>', 'only those first or last seen in it')
    .option('--trend <trend>', 'new, rising, steady, falling or regressed')
    .option('--since <time>', 'only those seen since: ISO 8601, or how long ago, as in 24h or 7d')
    .option('--sort <order>', 'last_seen (default), first_seen, count, users or rate')
    .option('--limit <number>', 'at most so many, 1 to 500 (default 50)')
    .action(async (id, options) => exit(await errors(id, options, surroundings)));
  withOptions(program.command('usage'))
    .description('what is used of a running service: users, features, releases, workflows, flags')
    .option('--days <number>', 'of so many UTC days, today with them, 1 to 400 (default 28)')
    .option('--limit <number>', 'at most so many features, 1 to 500 (default 50)')
    .action(async (options) => exit(await usage(options, surroundings)));
  const config = program.command('config').description('the configuration');
  withOptions(config.command('validate'))
    .argument('[FILE]', 'default: the file named by OTEL_MONITOR_CONFIG, or the environment alone')
    .description('check a configuration file and the environment, as a start would')
    .action((file, options) => exit(configValidate(file, options, surroundings)));
  withOptions(config.command('schema'))
    .description('the JSON Schema of the configuration file')
    .action(() => exit(configSchema(surroundings)));
  const dashboards = program.command('dashboards').description('dashboards, rules and receivers of alerts');
  const emit = withOptions(dashboards.command('emit'))
    .description('write the files that Grafana, Prometheus or Alertmanager are set up with')
    .requiredOption('--for <target>', EMIT_TARGETS.join(', '))
    .requiredOption('--out <folder>', 'where to; made when it is not there, files of the same names are replaced')
    .action(async (options) => exit(await dashboardsEmit(options, surroundings)));
  for (const { flags, about, target, isList = false } of EMIT_OPTIONS) {
    const option = new Option(flags, `${about} [${target}]`);
    emit.addOption(isList ? option.argParser((text: string, all: string[] = []) => [...all, text]) : option);
  }
  withOptions(program.command('doctor'))
    .description('what keeps monitoring from working here, and what to do')
    .action(async (options) => exit(await doctor(options, surroundings)));
  return program;
}

/** Options that every command takes, whether it needs them or not, so that scripts can pass them to all. */
function withOptions(command: Command): Command {
  return command
    .option('--url <url>', `the service to ask (default: ${DEFAULT_URL})`)
    .option('--token <token>', 'better from the environment: others can see the command line')
    .option('--json', 'print JSON');
}

function failed(error: unknown, asJson: boolean, { stdout, stderr }: Surroundings): ExitCode {
  const message = printable(error instanceof Error ? error.message : String(error), 1000);
  if (asJson) stdout(`${printableJson({ error: message })}\n`);
  stderr(`otel-monitor: ${message}\n`);
  if (error instanceof ServiceError) return error.exitCode;
  return error instanceof UsageError ? EXIT.usage : EXIT.degraded;
}
