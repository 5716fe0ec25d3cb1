export type { ConfigProblem } from './config-error.js';
export { ConfigError } from './config-error.js';
export { environmentNames } from './environment/variables.js';
export { configJsonSchema } from './json-schema.js';
export type { ConfigInput, LoadedConfig } from './load-config.js';
export { loadConfig } from './load-config.js';
export type {
  AlertRuleConfig,
  AlertsConfig,
  BatchConfig,
  CustomRuleConfig,
  ErrorTrackingConfig,
  ExemplarFilter,
  ExportConfig,
  FingerprintHook,
  HttpConfig,
  InstrumentationsConfig,
  LimitsConfig,
  LogLevel,
  MetricsTarget,
  MonitoringConfig,
  OtlpProtocol,
  OtlpSignal,
  OtlpTarget,
  PropagatorName,
  RedactionConfig,
  RetentionConfig,
  SamplingConfig,
  ServerConfig,
  ServerRole,
  ServiceConfig,
  StateConfig,
  TemporalityPreference,
  ThresholdConfig,
  UsageConfig,
} from './monitoring-config.js';
export type {
  MonitoringOptions,
  OtlpMetricsOptions,
  OtlpOptions,
  OtlpSignalOptions,
  ServerOptions,
} from './monitoring-options.js';
export { redactedConfig } from './redacted-config.js';
export { instrumentationPackage, isInstrumentationOn, knownInstrumentations } from './resolve/instrumentations.js';
