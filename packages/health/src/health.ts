import { cleanName, readOption, type Scope, report as say } from '@otel-monitor/runtime';
import { buildComponentReport, buildReport } from './build-report.js';
import type { CheckDefaults, CheckOptions, HealthCheck, HeartbeatOptions } from './check-options.js';
import { type Components, processComponents } from './components.js';
import { readDeclaration } from './declaration.js';
import type { ComponentReport, HealthReport } from './health-report.js';
import { readSeconds } from './read-seconds.js';
import type { RestartResult } from './restart.js';

const HEARTBEAT_SECONDS = 30;
const MAX_INTERVAL_SECONDS = 86_400;
const MAX_TIMEOUT_SECONDS = 3600;

/**
 * How the parts of the service are. Every `Health` of the process, whichever monitor it belongs to, speaks of one set of
 * components, 500 at most. No method throws or rejects. With monitoring off checks run when a report is asked for, and
 * nothing is recorded.
 */
export class Health {
  readonly #components: Components = processComponents();

  constructor(private readonly scope: Scope) {}

  /** Adds a check; one of the same name takes its place. Gives the way to remove it. */
  addCheck(options: CheckOptions): () => void {
    const name = cleanName(readOption(options, 'name'));
    const check = readOption(options, 'check');
    if (typeof check !== 'function') {
      say('health-check', `the check of ${name} is not a function and was not added`);
      return () => {};
    }
    return this.#components.addCheck(this.scope, {
      name,
      check: check as HealthCheck,
      intervalSeconds: interval(readOption(options, 'intervalSeconds')),
      timeoutSeconds: timeout(readOption(options, 'timeoutSeconds')),
      declaration: readDeclaration(options),
    });
  }

  /**
   * Says that a component is alive. The first call registers it with these options; those of later calls are not read.
   * More than 1.5 intervals without a beat is degraded, more than 3 unhealthy.
   */
  heartbeat(name: string, options?: HeartbeatOptions): void {
    const clean = cleanName(name);
    const heartbeat = this.#components.get(clean)?.heartbeat;
    if (heartbeat === undefined) {
      const everySeconds = interval(readOption(options, 'everySeconds')) ?? HEARTBEAT_SECONDS;
      this.#components.addHeartbeat(this.scope, clean, everySeconds, readDeclaration(options));
      return;
    }
    const wasWell = heartbeat.verdict.state === 'healthy';
    heartbeat.beat();
    if (!wasWell) this.#components.refresh();
  }

  /** Forgets a component, its check and its heartbeat; whether there was one. */
  remove(name: string): boolean {
    return this.#components.remove(cleanName(name));
  }

  /**
   * Runs the checks that never ran or are older than their interval, all at once, each within its timeout, and reports
   * on every component. Its timers keep no process alive. Never rejects.
   */
  async report(): Promise<HealthReport> {
    const runs: Promise<void>[] = [];
    for (const { check } of this.#components.all) if (check?.isDue === true) runs.push(check.run());
    await Promise.all(runs);
    return this.latest();
  }

  /** The report on what is known by now; runs nothing. */
  latest(): HealthReport {
    this.#components.refresh();
    return buildReport(this.#components.all);
  }

  /** What is known of one component by now; undefined when there is none of this name. */
  component(name: string): ComponentReport | undefined {
    const component = this.#components.get(cleanName(name));
    if (component === undefined) return undefined;
    this.#components.refresh();
    return buildComponentReport(component);
  }

  /** Whether the service can take work: every critical component is known and not unhealthy. */
  isReady(): boolean {
    for (const { declaration, own } of this.#components.all) {
      if (declaration.critical && (own.state === 'unknown' || own.state === 'unhealthy')) return false;
    }
    return true;
  }

  /** Whether the start is over: the check of every critical component has had a verdict, good or bad. */
  isStarted(): boolean {
    for (const { declaration, check } of this.#components.all) {
      if (declaration.critical && check !== undefined && check.checkedAt === undefined) return false;
    }
    return true;
  }

  /**
   * Calls the `restart` of a component and waits for it, 30 s at most. Its next check is due at once after one that went
   * well. Counted in `monitor.component.restarts` when there was something to call. Never rejects.
   */
  async restart(name: string): Promise<RestartResult> {
    const component = this.#components.get(cleanName(name));
    if (component === undefined) {
      return { ok: false, outcome: 'unknown_component', error: 'there is no such component' };
    }
    const { restart } = component.declaration;
    if (restart === undefined) {
      return { ok: false, outcome: 'not_restartable', error: 'the component has no restart function' };
    }
    const result = await component.restarts.run(restart);
    if (result.outcome !== 'already_running') component.metrics.restarted(result.errorType);
    if (result.ok) component.check?.expire();
    return result;
  }

  /** Checks from now on at their intervals, the first time at once. Its timers keep no process alive. */
  start(defaults?: CheckDefaults): void {
    this.#components.start({
      intervalSeconds: interval(readOption(defaults, 'intervalSeconds')),
      timeoutSeconds: timeout(readOption(defaults, 'timeoutSeconds')),
    });
  }

  /** Ends what `start` began; `report` goes on to work. */
  stop(): void {
    this.#components.stop();
  }

  /** Components that were not taken because there were 500 already. */
  get refusedComponents(): number {
    return this.#components.refused;
  }
}

function interval(given: unknown): number | undefined {
  return readSeconds(given, 0.1, MAX_INTERVAL_SECONDS);
}

function timeout(given: unknown): number | undefined {
  return readSeconds(given, 0.001, MAX_TIMEOUT_SECONDS);
}
