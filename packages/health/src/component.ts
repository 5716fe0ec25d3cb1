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
  /** State as it is reported, what it depends on included. */
  state: ComponentState = 'unknown';
  /** Since when it is in this state, as far as anybody looked: milliseconds since the epoch. */
  since = Date.now();
  /** The unhealthy component that is the reason. */
  causedBy: string | undefined;
  readonly restarts = new Restart();

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
}
