import type { DuctSize } from '../hvac/duct-size.js';
import { requestJson } from '../service/request-json.js';
import { ServiceError } from '../service/service-error.js';

const TIMEOUT_MILLIS = 3_000;

export interface SizingRequest {
  readonly sections: readonly { readonly id: string; readonly airFlowM3PerS: number }[];
  readonly sizes: readonly DuctSize[];
  readonly frictionRatePaPerM: number;
  readonly maxVelocityMPerS: number;
  readonly roughnessM: number;
}

export interface SizedSection {
  readonly id: string;
  readonly size: DuctSize;
  readonly velocityMPerS: number;
  readonly frictionRatePaPerM: number;
}

/** The duct-sizing service, which is written in Python. */
export class DuctSizingClient {
  /** @param url undefined where the service does not run: then every design is refused with 503, and says why */
  constructor(readonly url: string | undefined) {}

  async size(request: SizingRequest): Promise<ReadonlyMap<string, SizedSection>> {
    if (this.url === undefined) {
      throw new ServiceError('duct_sizing_missing', 'the duct-sizing service does not run here', 503);
    }
    const answer = (await requestJson({
      service: 'duct_sizing',
      url: `${this.url}/duct-sizing`,
      body: request,
      timeoutMillis: TIMEOUT_MILLIS,
    })) as { sections: readonly SizedSection[] };
    return new Map(answer.sections.map((section) => [section.id, section]));
  }
}
