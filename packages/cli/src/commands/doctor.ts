import { checkCollector } from '../doctor/check-collector.js';
import { checkConfig } from '../doctor/check-config.js';
import { checkInstrumentations } from '../doctor/check-instrumentations.js';
import { checkNode } from '../doctor/check-node.js';
import { checkOtlp } from '../doctor/check-otlp.js';
import { checkPackages } from '../doctor/check-packages.js';
import { checkServer, checkService } from '../doctor/check-server.js';
import type { Finding } from '../doctor/finding.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { type ServiceOptions, serviceAddress } from '../service/service-address.js';
import type { Surroundings } from '../surroundings.js';
import { WIDTH, wrapped } from '../text/layout.js';
import { printableJson } from '../text/printable.js';

export interface DoctorOptions extends ServiceOptions {
  readonly json?: boolean | undefined;
}

/** Looks at everything that keeps monitoring from working here, and says what to do. Changes nothing. */
export async function doctor(options: DoctorOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { fetch, cwd, nodeVersion, stdout } = surroundings;
  const address = options.url === undefined ? undefined : serviceAddress(options, surroundings);
  const { findings: configuration, config } = checkConfig(surroundings);
  const serverOf = async () => {
    if (address !== undefined) return [await checkService(address, fetch)];
    // a configuration that is good has no token that is not
    return config === undefined ? [] : [await checkServer(config, serviceAddress(options, surroundings).token, fetch)];
  };
  const [server, otlp] = await Promise.all([serverOf(), config === undefined ? [] : checkOtlp(config, fetch)]);
  const findings = [
    checkNode(nodeVersion),
    ...checkPackages(cwd),
    ...configuration,
    ...(config === undefined ? [] : [checkInstrumentations(cwd, config)]),
    ...server,
    ...otlp,
    checkCollector(surroundings),
  ];
  stdout(options.json ? `${printableJson({ findings })}\n` : text(findings));
  return findings.some(({ level }) => level === 'fail') ? EXIT.degraded : EXIT.ok;
}

function text(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const margin = ' '.repeat(width + 8);
  const lines = findings.flatMap(({ level, check, message, advice }) => [
    ...wrapped(message, WIDTH - margin.length).map((line, index) =>
      index === 0 ? `${level.padEnd(4)}  ${check.padEnd(width)}  ${line}` : `${margin}${line}`,
    ),
    ...(advice === undefined
      ? []
      : wrapped(`to do: ${advice}`, WIDTH - margin.length).map((line) => `${margin}${line}`)),
  ]);
  const many = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  return `${lines.join('\n')}\n\n${many('ok')} ok, ${many('warn')} to look at, ${many('fail')} failed\n`;
}
