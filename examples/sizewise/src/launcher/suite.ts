import type { PythonEnvironment } from './python-environment.js';
import { Service } from './service.js';
import type { ServiceCommands } from './service-commands.js';

/** All services of the example, as they run. */
export interface Suite {
  readonly gateway: Service;
  readonly calculators: readonly Service[];
  readonly catalogue: Service;
  /** Undefined where Python is missing. */
  readonly ductSizing: Service | undefined;
}

const CALCULATORS = 2;

/**
 * Starts the services, those that others need first.
 *
 * @param started gets each as soon as it is being started, so that it can be ended whatever comes next
 * @throws Error when one does not start
 */
export async function startSuite(
  commands: ServiceCommands,
  python: PythonEnvironment,
  say: (text: string) => void,
  started: (service: Service) => void,
): Promise<Suite> {
  const start = async (service: Service) => {
    started(service);
    await service.start();
    return service;
  };
  const [catalogue, ductSizing] = await Promise.all([
    start(new Service(commands.catalogue(), say)),
    'missing' in python ? undefined : start(new Service(commands.ductSizing(python), say)),
  ]);
  const calculators = await Promise.all(
    Array.from({ length: CALCULATORS }, (_, index) =>
      start(new Service(commands.calculator(index + 1, catalogue.address.url, ductSizing?.address.url), say)),
    ),
  );
  const gateway = await start(new Service(commands.gateway(calculators.map(({ address }) => address.url)), say));
  return { gateway, calculators, catalogue, ductSizing };
}

/** A line for each service: where it is, and where its metrics and its health are. */
export function suiteLines({ gateway, calculators, catalogue, ductSizing }: Suite): string[] {
  const services = [gateway, ...calculators, catalogue, ...(ductSizing === undefined ? [] : [ductSizing])];
  const width = Math.max(...services.map(({ name }) => name.length));
  return services.map(({ name, address: { url, monitoringUrl } }) => {
    const monitored =
      monitoringUrl === undefined
        ? `metrics are pushed only, health ${url}/readyz`
        : `metrics ${monitoringUrl}/metrics  health ${monitoringUrl}/health`;
    return `${name.padEnd(width)}  ${url}  ${monitored}`;
  });
}
