import { metricStore } from '@otel-monitor/bound-metrics';
import { processWide, report, runtimeState, type Scope } from '@otel-monitor/runtime';
import type { CheckDefaults, HealthCheck } from './check-options.js';
import { Component } from './component.js';
import { ComponentMetrics } from './component-metrics.js';
import type { Declaration } from './declaration.js';
import { Heartbeat } from './heartbeat.js';
import { rootCause } from './root-cause.js';
import { ScheduledCheck } from './scheduled-check.js';

const MAX_COMPONENTS = 500;

/** A check as it was asked for, cleaned. */
export interface NewCheck {
  readonly name: string;
  readonly check: HealthCheck;
  readonly intervalSeconds: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly declaration: Declaration;
}

/** The components of the process, whichever monitor they were told to, and the timers of their checks. */
export class Components {
  /** Components that were not taken because there were too many. */
  refused = 0;

  readonly #byName = new Map<string, Component>();
  #defaults: CheckDefaults = {};
  #isStarted = false;

  constructor() {
    metricStore.beforeCollect(() => this.#observe());
  }

  get all(): Iterable<Component> {
    return this.#byName.values();
  }

  get(name: string): Component | undefined {
    return this.#byName.get(name);
  }

  /** Adds a check, in the place of the one that the component has; gives the way to remove it. */
  addCheck(scope: Scope, asked: NewCheck): () => void {
    const component = this.#take(asked.name, scope);
    if (component === undefined) return () => {};
    const { intervalSeconds, timeoutSeconds } = asked;
    const timing = { intervalSeconds, timeoutSeconds, defaults: () => this.#defaults };
    const check = new ScheduledCheck(asked.check, timing, (seconds, changed) => {
      if (seconds !== undefined) component.metrics.checked(seconds, check.verdict.errorType);
      // what depends on it is worked out when somebody looks, so that 500 verdicts at once are not 500 rounds of all
      if (changed) this.#refreshOne(component);
    });
    component.setCheck(check, asked.declaration);
    if (this.#isStarted) check.start(mayRun);
    this.#refreshOne(component);
    return () => {
      if (component.check !== check) return;
      component.setCheck(undefined, undefined);
      if (component.isEmpty) this.remove(component.name);
      else this.refresh();
    };
  }

  /** Registers a component that beats; this is its first beat. */
  addHeartbeat(scope: Scope, name: string, everySeconds: number, declaration: Declaration): void {
    const component = this.#take(name, scope);
    if (component === undefined) return;
    component.setHeartbeat(new Heartbeat(everySeconds), declaration);
    this.#refreshOne(component);
  }

  /** Forgets a component; whether there was one. */
  remove(name: string): boolean {
    const component = this.#byName.get(name);
    if (component === undefined) return false;
    component.setCheck(undefined, undefined);
    component.metrics.remove();
    this.#byName.delete(name);
    this.refresh();
    return true;
  }

  /** Works out the state of every component as it is now. */
  refresh(): void {
    for (const component of this.#byName.values()) this.#refreshOne(component);
  }

  /** Starts the timers of all checks, those that are added later included; again, with other defaults, starts them anew. */
  start(defaults: CheckDefaults): void {
    this.#defaults = defaults;
    this.#isStarted = true;
    for (const { check } of this.#byName.values()) check?.start(mayRun);
  }

  stop(): void {
    this.#isStarted = false;
    for (const { check } of this.#byName.values()) check?.stop();
  }

  /** For tests: forgets everything; what was given out of it is dead. */
  clear(): void {
    this.stop();
    for (const name of [...this.#byName.keys()]) this.remove(name);
    this.#defaults = {};
    this.refused = 0;
  }

  /** A component that needs an unhealthy one is degraded at best. */
  #refreshOne(component: Component): void {
    const cause = rootCause(component, (name) => this.#byName.get(name));
    const own = component.own.state;
    component.enter(own === 'healthy' && cause !== undefined ? 'degraded' : own, cause);
  }

  #take(name: string, scope: Scope): Component | undefined {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#byName.size >= MAX_COMPONENTS) {
      if (this.refused === 0) {
        report('health-components', `there are ${MAX_COMPONENTS} components already; no more are taken`);
      }
      this.refused += 1;
      return undefined;
    }
    const component = new Component(name, new ComponentMetrics(scope, name));
    this.#byName.set(name, component);
    return component;
  }

  #observe(): void {
    this.refresh();
    for (const { heartbeat, metrics } of this.#byName.values()) {
      if (heartbeat !== undefined) metrics.heartbeatAge(heartbeat.ageSeconds);
    }
  }
}

function mayRun(): boolean {
  return runtimeState.enabled;
}

/** The one set of components of the process. */
export function processComponents(): Components {
  return processWide('health-components', () => new Components());
}

/** For tests: forgets every component of the process, and stops their timers. */
export function resetHealth(): void {
  processComponents().clear();
}
