import { CALCULATIONS, type Calculation } from '../calculator/calculation-input.js';
import { ServiceError } from '../service/service-error.js';

/** What is asked of the gateway. */
export interface CalculationRequest {
  readonly projectId: string;
  readonly calculation: Calculation;
  /** Goes to the calculator, which says what is wrong with it. */
  readonly input: unknown;
}

/** @throws ServiceError with 400 for what is no such request */
export function readCalculationRequest(body: unknown): CalculationRequest {
  const { projectId, calculation, input } = (body ?? {}) as Partial<CalculationRequest>;
  if (typeof projectId !== 'string' || !/^[\w.-]{1,64}$/.test(projectId)) {
    throw new ServiceError('bad_request', 'projectId must be 1 to 64 letters, digits, and . _ -', 400);
  }
  if (!CALCULATIONS.includes(calculation as Calculation)) {
    throw new ServiceError('bad_request', `calculation must be one of ${CALCULATIONS.join(', ')}`, 400);
  }
  return { projectId, calculation: calculation as Calculation, input };
}
