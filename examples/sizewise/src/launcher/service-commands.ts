import { fileURLToPath } from 'node:url';
import type { ChildCommand } from './child-process.js';
import { type PythonEnvironment, pythonFolder } from './python-environment.js';

const dist = fileURLToPath(new URL('..', import.meta.url));
const example = fileURLToPath(new URL('../..', import.meta.url));
/** Monitors a program that does not start monitoring itself. */
const REGISTER = ['--import', '@otel-monitor/node/register'];

/** Where the services push to, and how. */
export interface PushTo {
  readonly url: string;
  /** The launcher's own sink reads JSON alone. Left out: as the environment says. */
  readonly protocol?: 'http/protobuf' | 'http/json';
}

/** How each service is started. Whatever `OTEL_*` the user has set, but for what is set here, is theirs as well. */
export class ServiceCommands {
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv, { url, protocol }: PushTo) {
    this.#env = {
      // sooner than the defaults, so that there is something to see
      OTEL_BSP_SCHEDULE_DELAY: '300',
      OTEL_METRIC_EXPORT_INTERVAL: '5000',
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      ...(protocol !== undefined && { OTEL_EXPORTER_OTLP_PROTOCOL: protocol }),
    };
  }

  catalogue(): ChildCommand {
    return this.#node('catalogue', REGISTER, 'catalogue/main.js', {});
  }

  /** @param ductSizingUrl undefined where the service does not run */
  calculator(number: number, catalogueUrl: string, ductSizingUrl: string | undefined): ChildCommand {
    const env = {
      CATALOGUE_URL: catalogueUrl,
      ...(ductSizingUrl === undefined ? {} : { DUCT_SIZING_URL: ductSizingUrl }),
    };
    // one service in several instances
    const instance = `service.instance.id=calculator-${number}`;
    const given = this.#env.OTEL_RESOURCE_ATTRIBUTES;
    return this.#node(`calculator-${number}`, REGISTER, 'calculator/main.js', {
      ...env,
      OTEL_SERVICE_NAME: 'calculator',
      OTEL_RESOURCE_ATTRIBUTES: given ? `${given},${instance}` : instance,
    });
  }

  /** It starts monitoring in its own code. */
  gateway(calculatorUrls: readonly string[]): ChildCommand {
    return this.#node('gateway', [], 'gateway/main.js', { CALCULATOR_URLS: calculatorUrls.join(',') });
  }

  ductSizing({ python, packages }: Extract<PythonEnvironment, { python: string }>): ChildCommand {
    const name = 'duct-sizing';
    const env = { PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' };
    return { name, command: python, args: ['service.py'], cwd: pythonFolder, env: this.#envOf(name, env) };
  }

  #node(name: string, options: readonly string[], file: string, env: NodeJS.ProcessEnv): ChildCommand {
    const args = [...options, `${dist}${file}`];
    // in the example's folder: --import looks for a package from there
    return { name, command: process.execPath, args, cwd: example, env: this.#envOf(name, env) };
  }

  #envOf(name: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...this.#env, OTEL_SERVICE_NAME: name, ...env };
  }
}
