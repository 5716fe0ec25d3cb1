import type { DuctShape, DuctSize } from '../hvac/duct-size.js';
import { requestJson } from '../service/request-json.js';
import { ServiceError } from '../service/service-error.js';

const TIMEOUT_MILLIS = 2_000;

/** What the calculators ask of the catalogue. What it does not have makes the calculation impossible: 422. */
export class CatalogueClient {
  constructor(private readonly url: string) {}

  async roughnessM(material: string): Promise<number> {
    const { roughnessM } = (await this.#get(`/materials/${encodeURIComponent(material)}`)) as { roughnessM: number };
    return roughnessM;
  }

  async ductSizes(shape: DuctShape): Promise<readonly DuctSize[]> {
    const { sizes } = (await this.#get(`/ducts/${encodeURIComponent(shape)}/sizes`)) as { sizes: readonly DuctSize[] };
    return sizes;
  }

  async lossCoefficient(fitting: string): Promise<number> {
    const { lossCoefficient } = (await this.#get(`/fittings/${encodeURIComponent(fitting)}`)) as {
      lossCoefficient: number;
    };
    return lossCoefficient;
  }

  async #get(path: string): Promise<unknown> {
    try {
      return await requestJson({ service: 'catalogue', url: `${this.url}${path}`, timeoutMillis: TIMEOUT_MILLIS });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 404) throw error;
      throw new ServiceError(error.code, error.message, 422, { cause: error });
    }
  }
}
