import { type ErrorSettings, initialErrorSettings } from './error-settings.js';
import { type HttpSettings, initialHttpSettings } from './http-settings.js';
import type { InstrumentationSettings } from './instrumentations.js';
import type { SpanSource } from './operation-span.js';
import { processWide } from './registry.js';
import { initialUsageSettings, type UsageSettings } from './usage-settings.js';

/** What the privacy policy must be able to do; `redaction` makes one. */
export interface TextRedactor {
  /** The text with every secret replaced. */
  redactText(text: string): string;
  /** The value, or its replacement when the key or the text of the value tells a secret. */
  redactValue<T>(key: string, value: T): T | string;
  /** The same for a URL or its path, in which a folder is none of a file system. Left out: as text. */
  redactUrl?(url: string): string;
  /** The same for a field within the value of an attribute; `redactValue` where it is left out. */
  redactField?<T>(key: string, value: T): T | string;
}

/**
 * Who owns the providers of a signal. `none`: nothing was started, the plain API is used as it is found.
 * `own`: we built the provider. `attached`: somebody else did.
 */
export type Ownership = 'none' | 'own' | 'attached';

/** How an exception is written (`OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`: unset, `logs`, `logs/dup`). */
export type ExceptionSignal = 'events' | 'logs' | 'logs/dup';

/** Settings of the process that recording reads; `attach` writes them at start. */
export interface RuntimeState {
  /** False: recording calls do nothing but pass through. */
  enabled: boolean;
  metrics: Ownership;
  /** Makes the spans of operations where we own the tracer provider; undefined: the plain API does. */
  spanSource: SpanSource | undefined;
  /** The privacy policy in force; undefined until one is set. */
  redactor: TextRedactor | undefined;
  /** Longest attribute value in UTF-16 units; longer text is cut. */
  attributeValueLength: number;
  /** Most attributes of one span or log record. */
  attributeCount: number;
  exceptionSignal: ExceptionSignal;
  /** Every operation measures its heap delta. */
  measureMemory: boolean;
  /** The release that runs (`service.version`); undefined until monitoring is started, or where nobody told. */
  release: string | undefined;
  errors: ErrorSettings;
  usage: UsageSettings;
  /** `user.id` may leave as it is; else only its hash. */
  allowUserId: boolean;
  /** Key of the hash that stands for a user's id; undefined: a random one for this process. */
  userHashKey: string | undefined;
  http: HttpSettings;
  /** Which libraries are looked into; undefined until monitoring is started, and while it is switched off. */
  instrumentations: InstrumentationSettings | undefined;
  /** Attribute keys and values that were dropped because they were not usable, and links that found no room. */
  droppedAttributes: number;
  /** Propagation headers, and members of them, that were not valid or did not fit, read or written. */
  droppedHeaders: number;
}

/** The settings in force before anything was started. */
export function initialState(): RuntimeState {
  return {
    enabled: true,
    metrics: 'none',
    spanSource: undefined,
    redactor: undefined,
    attributeValueLength: 4096,
    attributeCount: 128,
    exceptionSignal: 'events',
    measureMemory: false,
    release: undefined,
    errors: initialErrorSettings(),
    usage: initialUsageSettings(),
    allowUserId: false,
    userHashKey: undefined,
    http: initialHttpSettings(),
    instrumentations: undefined,
    droppedAttributes: 0,
    droppedHeaders: 0,
  };
}

/** The one state of the process. */
export const runtimeState: RuntimeState = processWide('state', initialState);
