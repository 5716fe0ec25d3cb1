import type { Calculation } from '../calculator/calculation-input.js';
import { requestJson } from '../service/request-json.js';
import { ServiceError } from '../service/service-error.js';
import type { BalancedNode, RoundRobinBalancer } from './balancer.js';

const TIMEOUT_MILLIS = 5_000;

/** A result, and who calculated it. */
export interface Calculated {
  readonly node: string;
  readonly result: unknown;
}

/** The calculators behind their balancer. A calculation has no effect beside its result: it may be asked for again. */
export class CalculatorPool {
  constructor(readonly balancer: RoundRobinBalancer) {}

  /**
   * Asks one calculator after another until one answers, each once.
   *
   * @throws ServiceError that a calculator gave, or the last failure when none answered
   */
  async calculate(calculation: Calculation, input: unknown): Promise<Calculated> {
    const tried: BalancedNode[] = [];
    let last: unknown = new ServiceError('calculator_unavailable', 'there is no calculator', 503);
    for (let node = this.balancer.next(); node !== undefined; node = this.balancer.next(tried)) {
      tried.push(node);
      try {
        const url = `${node.url}/calculations/${calculation}`;
        const result = await requestJson({ service: 'calculator', url, body: input, timeoutMillis: TIMEOUT_MILLIS });
        this.balancer.succeeded(node);
        return { node: node.name, result };
      } catch (error) {
        if (!isNodesFault(error)) {
          this.balancer.succeeded(node);
          throw error;
        }
        this.balancer.failed(node);
        last = error;
      }
    }
    throw last;
  }
}

/** True where another node may do better: nobody answered. What the calculator itself says, another would say too. */
function isNodesFault(error: unknown): boolean {
  return error instanceof ServiceError && (error.status === 503 || error.status === 504);
}
