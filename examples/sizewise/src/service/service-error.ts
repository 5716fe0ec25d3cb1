/**
 * What a service answers instead of a result. Its code is its name, and so its `error.type`: codes are few and known,
 * such as `unknown_material` or `catalogue_unavailable`.
 */
export class ServiceError extends Error {
  constructor(
    /** For programs: lower case words. */
    readonly code: string,
    message: string,
    /** HTTP status that it is answered with: below 500 what was asked for cannot be done, above nobody could do it. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = code;
  }
}

/** The body of every answer that is none of 2xx, in all services, the one in Python included. */
export interface FailureBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Of the error that was recorded, to find it in the trace and the logs. */
    readonly id?: string;
  };
}

/** Anything that was thrown, as what is answered: what is not a ServiceError is this service's own failure. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('internal', 'the service failed', 500, { cause: error });
}

export function failureBody({ code, message }: ServiceError, id?: string): FailureBody {
  return { error: { code, message, ...(id === undefined ? {} : { id }) } };
}
