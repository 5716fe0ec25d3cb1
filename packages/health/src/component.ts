import type { ComponentState } from '@otel-monitor/semconv';
import type { ComponentMetrics } from './component-metrics.js';
import { type Declaration, joinDeclarations } from './declaration.js';
import type { Heartbeat } from './heartbeat.js';
import { Restart } from './restart.js';
import type { ScheduledCheck } from './scheduled-check.js';
import { NOT_CHECKED, type Verdict } from './verdict.js';

/** A check is worse news than none, and none than a good one: the worst of what is known is the state. */
const BADNESS: Readonly<Record<ComponentState, number>> = { healthy: 0, unknown: 1, degraded: 2, unhealthy: 3 };

/** A part of the service that is checked, or beats, or both. */
export class Component {
  readonly restarts = new Restart();

  #state: ComponentState = 'unknown';
  #since = Date.now();
  #causedBy: string | undefined;
  #check: ScheduledCheck | undefined;
  #checkDeclaration: Declaration | undefined;
  #heartbeat: Heartbeat | undefined;
  #heartbeatDeclaration: Declaration | undefined;
  #declaration: Declaration = joinDeclarations(undefined, undefined);

  constructor(
    readonly name: string,
    readonly metrics: ComponentMetrics,
  ) {}

  get declaration(): Declaration {
    return this.#declaration;
  }

  get check(): ScheduledCheck | undefined {
    return this.#check;
  }

  get heartbeat(): Heartbeat | undefined {
    return this.#heartbeat;
  }

  get isEmpty(): boolean {
    return this.#check === undefined && this.#heartbeat === undefined;
  }

  get dependsOn(): readonly string[] {
    return this.#declaration.dependsOn;
  }

  /** State as it is reported, what it depends on included. */
  get state(): ComponentState {
    return this.#state;
  }

  /** Since when it has been seen in this state, in milliseconds since the epoch. */
  get since(): number {
    return this.#since;
  }

  /** The unhealthy component that is the reason. */
  get causedBy(): string | undefined {
    return this.#causedBy;
  }

  setCheck(check: ScheduledCheck | undefined, declaration: Declaration | undefined): void {
    this.#check?.remove();
    this.#check = check;
    this.#checkDeclaration = declaration;
    this.#declaration = joinDeclarations(declaration, this.#heartbeatDeclaration);
  }

  setHeartbeat(heartbeat: Heartbeat, declaration: Declaration): void {
    this.#heartbeat = heartbeat;
    this.#heartbeatDeclaration = declaration;
    this.#declaration = joinDeclarations(this.#checkDeclaration, declaration);
  }

  /** What check and heartbeat say, whatever it depends on. */
  get own(): Verdict {
    const checked = this.#check?.verdict;
    const beaten = this.#heartbeat?.verdict;
    if (checked === undefined || beaten === undefined) return checked ?? beaten ?? NOT_CHECKED;
    return BADNESS[beaten.state] > BADNESS[checked.state] ? beaten : checked;
  }

  get isUnhealthy(): boolean {
    return this.own.state === 'unhealthy';
  }

  /** Takes the state that was worked out, and lets the metric say so. */
  enter(state: ComponentState, causedBy: string | undefined): void {
    this.#causedBy = causedBy;
    if (state !== this.#state) {
      this.#state = state;
      this.#since = Date.now();
    }
    this.metrics.status(state);
  }
}
