import { configJsonSchema } from '@otel-monitor/config';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Surroundings } from '../surroundings.js';

/** Prints the JSON Schema of the configuration file. */
export function configSchema({ stdout }: Surroundings): ExitCode {
  stdout(`${JSON.stringify(configJsonSchema(), undefined, 2)}\n`);
  return EXIT.ok;
}
