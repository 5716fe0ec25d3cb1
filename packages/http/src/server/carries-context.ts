import { propagation } from '@opentelemetry/api';
import type { RequestFacts } from './request-facts.js';

/** How long the names of headers are kept, in requests: a propagator may be registered at any time. */
const KEPT_FOR = 100;

let fields: readonly string[] = [];
let asked = 0;

/** Whether a request has a header that the registered propagator reads. Most have none, and it need not look. */
export function carriesContext(facts: Pick<RequestFacts, 'header'>): boolean {
  asked += 1;
  if (fields.length === 0 || asked > KEPT_FOR) {
    asked = 0;
    fields = propagation.fields().map((field) => field.toLowerCase());
  }
  // a propagator that does not tell may read any
  if (fields.length === 0) return true;
  for (const field of fields) if (facts.header(field) !== undefined) return true;
  return false;
}
