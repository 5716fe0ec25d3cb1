import type { Monitor } from '@otel-monitor/monitor';
import { ServiceError } from '../service/service-error.js';
import type { CalculationRequest } from './calculation-request.js';
import type { Calculated, CalculatorPool } from './calculator-pool.js';

/** What the calculators refuse (4xx) is the design's fault: not a failure of the operation, but a use without success. */
export type Outcome = { readonly calculated: Calculated } | { readonly refused: ServiceError };

/** One calculation for a user: the operation `hvac_calculation` and a use of the feature of that name. */
export async function calculate(monitor: Monitor, pool: CalculatorPool, request: CalculationRequest): Promise<Outcome> {
  const { calculation, projectId, input } = request;
  const start = performance.now();
  const used = (error?: unknown) =>
    monitor.trackFeature('hvac_calculation', calculation, {
      success: error === undefined,
      error,
      durationSeconds: (performance.now() - start) / 1000,
    });
  const options = { dimensions: { calculation }, details: { project: projectId } };
  try {
    const outcome = await monitor.operation('hvac_calculation', options, async (operation): Promise<Outcome> => {
      try {
        const calculated = await pool.calculate(calculation, input);
        operation.detail('calculator', calculated.node);
        return { calculated };
      } catch (error) {
        if (!(error instanceof ServiceError) || error.status >= 500) throw error;
        operation.detail('refused', error.code);
        return { refused: error };
      }
    });
    used('refused' in outcome ? outcome.refused : undefined);
    return outcome;
  } catch (error) {
    used(error);
    throw error;
  }
}
