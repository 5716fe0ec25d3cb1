import { type BoundSum, metricStore } from '@otel-monitor/bound-metrics';
import { cleanName, type Scope } from '@otel-monitor/runtime';
import { ATTR_CACHE_NAME, ATTR_CACHE_RESULT, CACHE_REQUESTS } from '@otel-monitor/semconv';
import { Cache } from './cache.js';
import type { FeatureUse } from './feature-use.js';
import { Features } from './features.js';
import { isRecording } from './is-recording.js';
import { KeptByName } from './kept-by-name.js';
import { Workflow } from './workflow.js';
import { Workflows } from './workflows.js';

/** What one scope's users do: features, workflows, caches. No method throws, whatever it is given. */
export class Usage {
  readonly #features: Features;
  readonly #workflows: Workflows;
  readonly #cacheRequests: BoundSum;
  readonly #caches = new KeptByName((name: unknown) => this.#makeCache(cleanName(name)));

  constructor(scope: Scope) {
    this.#features = new Features(scope);
    this.#workflows = new Workflows(scope);
    this.#cacheRequests = metricStore.scope(scope).sum(CACHE_REQUESTS);
  }

  /**
   * Counts a use of a feature in `monitor.feature.uses`, and its duration, if one is given, in
   * `monitor.feature.duration`.
   *
   * @param action what was done with it, of few values; default `used`
   */
  trackFeature(name: string, action?: string, use?: FeatureUse): void {
    if (!isRecording()) return;
    this.#features.track(name, action, use);
  }

  /** Starts a run of a workflow; its duration counts from here. */
  startWorkflow(name: string): Workflow {
    return new Workflow(this.#workflows.get(name));
  }

  /** The cache of this name, the same object at each call; keep it all the same where every request counts. */
  cache(name: string): Cache {
    return this.#caches.get(name);
  }

  #makeCache(name: string): Cache {
    const bind = (result: string) => this.#cacheRequests.bind({ [ATTR_CACHE_NAME]: name, [ATTR_CACHE_RESULT]: result });
    return new Cache(name, bind('hit'), bind('miss'));
  }
}
