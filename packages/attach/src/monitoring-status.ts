import type { WorkersStatus } from '@otel-monitor/cluster';
import type { ServiceSnapshot } from '@otel-monitor/history';
import type { ExpositionProblem } from '@otel-monitor/prometheus';
import type { InstrumentationStatus, OwnCost } from '@otel-monitor/runtime';
import type { StateStatus } from '@otel-monitor/state';
import type { PipelineStatus } from './pipelines.js';

/** Who records and sends a signal. */
export type SignalStatus = PipelineStatus & {
  /** `own`: we built its provider. `attached`: another SDK did, and sends it. `none`: nobody does. */
  readonly ownership: 'own' | 'attached' | 'none';
};

/** What has become of the HTTP server. */
export type ServerStatus =
  | { readonly state: 'off' }
  | { readonly state: 'listening'; readonly url: string }
  /** The program runs on without it. */
  | { readonly state: 'failed'; readonly reason: string };

/** The monitor about itself. */
export interface MonitoringStatus {
  readonly enabled: boolean;
  readonly service: ServiceSnapshot;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly signals: { readonly traces: SignalStatus; readonly metrics: SignalStatus; readonly logs: SignalStatus };
  readonly server: ServerStatus;
  /** What monitoring itself has used since the start, as far as it can be told apart. */
  readonly ownCost: OwnCost;
  /** What could not be recorded as it was given. */
  readonly dropped: {
    /** Measurements that were no finite number, or negative where only growth is allowed. */
    readonly measurements: number;
    /** Attributes that could not be read or were too many. */
    readonly attributes: number;
    /** Propagation headers, and members of them, that were not valid or did not fit. */
    readonly headers: number;
  };
  /** What outlives the process: where it is kept, how that goes, and what earlier processes left. */
  readonly state: StateStatus;
  /** Workers of node:cluster and worker threads, where there ever was one. */
  readonly workers?: WorkersStatus;
  /** The last page of metrics: what could not be shown, or not as it came. At most 100. */
  readonly metricsPage: { readonly problems: readonly ExpositionProblem[] };
  /** The instrumentations of libraries that `register` found; empty without it. */
  readonly instrumentations: readonly InstrumentationStatus[];
  /** What the configuration says that this version does not do, or does not know. */
  readonly warnings: readonly string[];
}
