import { type Attributes, SpanKind } from '@opentelemetry/api';
import { cleanName, cutText, type OperationKind } from '@otel-monitor/runtime';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@otel-monitor/semconv';
import { knownMethod, spanNameOf } from '../method-name.js';
import { RequestOutcome } from '../request-outcome.js';
import { ClientInstruments } from './client-instruments.js';

/** Most outcomes of one host that are kept: statuses and error types. */
const MAX_OUTCOMES = 200;
/** Most hosts, each by method, that are kept. What comes later is recorded on the overflow series. */
const MAX_HOSTS = 2000;
const LABEL_LENGTH = 256;

/** Requests of one method to one host and port: what their spans start with, and how they ended. */
export class ClientHost implements OperationKind {
  readonly spanKind = SpanKind.CLIENT;
  readonly name: string;
  readonly attributes: Attributes;
  /** Method and host: the name of a span has the method only. */
  readonly #label: string;
  readonly #outcomes = new Map<string, RequestOutcome>();
  /** Nearly all requests end alike: what was asked for last is found without making a key of it. */
  #last: { readonly status: number; readonly version: string; readonly outcome: RequestOutcome } | undefined;

  constructor(
    method: string,
    address: string,
    port: number,
    readonly isKept: boolean,
    private readonly instruments: ClientInstruments,
  ) {
    this.name = spanNameOf(method);
    const clean = cleanName(address);
    this.#label = cutText(`${this.name} ${clean}:${port}`, LABEL_LENGTH);
    this.attributes = Object.freeze({
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_SERVER_ADDRESS]: clean,
      [ATTR_SERVER_PORT]: port,
    });
  }

  /**
   * The outcome of a request.
   *
   * @param status what came back; undefined: nothing did
   * @param version of the protocol, as in `1.1`; empty: unknown
   * @param failure error type where there was no answer, or no whole one; a status from 400 on is a failure by itself
   */
  outcome(status: number | undefined, version: string, failure: string | undefined): RequestOutcome {
    const last = this.#last;
    if (last !== undefined && failure === undefined && last.status === status && last.version === version) {
      return last.outcome;
    }
    const outcome = this.#outcome(status, version, failure);
    if (failure === undefined && status !== undefined && outcome.isKept) this.#last = { status, version, outcome };
    return outcome;
  }

  #outcome(status: number | undefined, version: string, failure: string | undefined): RequestOutcome {
    const key = `${status} ${version} ${failure}`;
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const hasRoom = this.isKept && this.#outcomes.size < MAX_OUTCOMES;
    const errorType = failure ?? (status !== undefined && status >= 400 ? String(status) : undefined);
    const of = version === '' ? this.attributes : { ...this.attributes, [ATTR_NETWORK_PROTOCOL_VERSION]: version };
    const made = new RequestOutcome(
      this.name,
      this.spanKind,
      of,
      status,
      errorType,
      hasRoom,
      this.instruments,
      this.#label,
    );
    if (hasRoom) this.#outcomes.set(key, made);
    return made;
  }
}

/** The hosts that requests went to, each made once a method. */
export class ClientHosts {
  readonly #instruments = new ClientInstruments();
  readonly #known = new Map<string, ClientHost>();
  /** Most requests go where the one before went: it is found without making a key of it. */
  #last:
    | { readonly clean: string; readonly address: string; readonly port: number; readonly host: ClientHost }
    | undefined;

  /** @param method as it was given */
  get(method: string, address: string, port: number): ClientHost {
    const clean = knownMethod(method);
    const last = this.#last;
    if (last !== undefined && last.clean === clean && last.port === port && last.address === address) return last.host;
    const host = this.#get(clean, address, port);
    if (host.isKept) this.#last = { clean, address, port, host };
    return host;
  }

  #get(clean: string, address: string, port: number): ClientHost {
    const key = `${clean} ${port} ${address}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const hasRoom = this.#known.size < MAX_HOSTS;
    const made = new ClientHost(clean, address, port, hasRoom, this.#instruments);
    if (hasRoom) this.#known.set(key, made);
    return made;
  }
}
