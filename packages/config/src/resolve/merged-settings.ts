import type {
  ErrorTrackingConfig,
  InstrumentationsConfig,
  MonitoringConfig,
  OtlpProtocol,
  OtlpSignal,
  RedactionConfig,
  ServerConfig,
  StateConfig,
  TemporalityPreference,
} from '../monitoring-config.js';

/** The target as it was said: for all signals, or for one. */
export interface SaidTarget {
  readonly enabled: boolean;
  readonly endpoint?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMillis?: number;
  readonly compression?: 'none' | 'gzip';
  readonly protocol?: OtlpProtocol;
}

/** The layers after they were merged over the defaults, which fill every key that is not optional here. */
export interface MergedSettings
  extends Omit<
    MonitoringConfig,
    | 'service'
    | 'environment'
    | 'resourceAttributes'
    | 'server'
    | 'otlp'
    | 'propagators'
    | 'instrumentations'
    | 'redaction'
    | 'errorTracking'
    | 'state'
  > {
  readonly service: {
    readonly name: string;
    readonly version?: string;
    readonly namespace?: string;
    readonly instanceId?: string;
  };
  readonly environment?: string;
  readonly resourceAttributes?: Readonly<Record<string, string | number | boolean>>;
  readonly server: Omit<ServerConfig, 'tokens'> & {
    readonly enabled: boolean;
    readonly tokens?: Partial<ServerConfig['tokens']>;
  };
  readonly otlp: SaidTarget &
    Readonly<Record<OtlpSignal, SaidTarget>> & {
      readonly metrics: { readonly temporalityPreference: TemporalityPreference };
    };
  readonly propagators: readonly string[];
  readonly redaction: Omit<RedactionConfig, 'userHashKey'> & Partial<Pick<RedactionConfig, 'userHashKey'>>;
  readonly errorTracking: Omit<ErrorTrackingConfig, 'fingerprint'> & Partial<Pick<ErrorTrackingConfig, 'fingerprint'>>;
  readonly state: Omit<StateConfig, 'directory'> & Partial<Pick<StateConfig, 'directory'>>;
  readonly instrumentations: {
    readonly enabled?: readonly string[];
    readonly disabled: readonly string[];
    readonly options?: InstrumentationsConfig['options'];
  };
}
