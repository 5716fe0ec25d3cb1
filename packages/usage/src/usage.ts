import { type BoundSum, metricStore } from '@otel-monitor/bound-metrics';
import { cleanName, type Scope } from '@otel-monitor/runtime';
import { ATTR_CACHE_NAME, ATTR_CACHE_RESULT, CACHE_REQUESTS } from '@otel-monitor/semconv';
import { usageCenter } from './book/usage-center.js';
import { Cache } from './cache.js';
import type { FeatureUse } from './feature-use.js';
import { Features } from './features.js';
import { type OpenFeatureHook, type OpenFeatureHookOptions, openFeatureHook } from './flags/open-feature-hook.js';
import type { WorkflowOptions } from './funnels/workflow-options.js';
import { isRecording } from './is-recording.js';
import { KeptByName } from './kept-by-name.js';
import { Workflow } from './workflow.js';
import { Workflows } from './workflows.js';

/** What one scope's users do: features, workflows, caches. No method throws, whatever it is given. */
export class Usage {
  readonly #scope: Scope;
  readonly #features: Features;
  readonly #workflows: Workflows;
  readonly #cacheRequests: BoundSum;
  readonly #caches = new KeptByName((name: unknown) => this.#makeCache(cleanName(name)));

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#features = new Features(scope);
    this.#workflows = new Workflows(scope);
    this.#cacheRequests = metricStore.scope(scope).sum(CACHE_REQUESTS);
  }

  /**
   * Counts a use of a feature in `monitor.feature.uses`, and its duration, if one is given, in
   * `monitor.feature.duration`. With a `userId` the user counts in the sketches of `monitor.usage`.
   *
   * @param action what was done with it, of few values; default `used`
   */
  trackFeature(name: string, action?: string, use?: FeatureUse): void {
    if (!isRecording()) return;
    this.#features.track(name, action, use);
  }

  /**
   * Counts somebody as an active user of the service, and of the release that runs, without a use of a feature. What is no
   * id is left out.
   *
   * @param userId text, a number or a bigint; it goes into sketches by a keyed hash, and nowhere else
   */
  trackUser(userId: string | number | bigint): void {
    if (isRecording()) usageCenter().book.activeUser(userId);
  }

  /** Starts a run of a workflow; its duration counts from here. */
  startWorkflow(name: string, options?: WorkflowOptions): Workflow {
    return new Workflow(this.#workflows.get(name), options);
  }

  /** A hook for OpenFeature that records each evaluation of a flag: `OpenFeature.addHooks(usage.openFeatureHook())`. */
  openFeatureHook(options?: OpenFeatureHookOptions): OpenFeatureHook {
    return openFeatureHook(this.#scope, options);
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
