import { Errors } from '@otel-monitor/errors';
import { currentOperation } from '@otel-monitor/operations';
import { HTTP_SCOPE } from '../http-scope.js';

/** Takes the errors that requests fail with; one that was captured before is not counted again. */
export const requestErrors: Errors = new Errors(HTTP_SCOPE, currentOperation);
