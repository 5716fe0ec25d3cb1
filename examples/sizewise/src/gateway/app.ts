import { monitorExpress } from '@otel-monitor/http/express';
import type { Monitor } from '@otel-monitor/monitor';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { failureBody, ServiceError, toServiceError } from '../service/service-error.js';
import { calculate } from './calculate.js';
import { readCalculationRequest } from './calculation-request.js';
import type { CalculatorPool } from './calculator-pool.js';
import { RecentProjects } from './recent-projects.js';

const PROJECTS_KEPT = 500;

export interface GatewayParts {
  readonly monitor: Monitor;
  readonly pool: CalculatorPool;
}

/** What users speak to. */
export function gatewayApp({ monitor, pool }: GatewayParts): Express {
  const projects = new RecentProjects(PROJECTS_KEPT);
  const app = express().disable('x-powered-by');
  app.use(monitorExpress());
  app.use(express.json({ limit: '1mb' }));

  app.get('/readyz', (_request, response) => void response.json({ status: 'ready' }));

  app.post('/api/hvac/calculate', async (request, response) => {
    const asked = readCalculationRequest(request.body);
    const outcome = await calculate(monitor, pool, asked);
    if ('refused' in outcome) throw outcome.refused;
    const { node, result } = outcome.calculated;
    const answer = { projectId: asked.projectId, calculation: asked.calculation, calculatedBy: node, result };
    projects.keep(asked.projectId, answer);
    response.json(answer);
  });

  app.get('/api/projects/:projectId', (request, response) => {
    const found = projects.find(request.params.projectId);
    if (found === undefined) throw new ServiceError('unknown_project', 'nothing was calculated for it lately', 404);
    response.json(found);
  });

  app.use(noSuchRoute, answerFailure(monitor));
  return app;
}

const noSuchRoute: RequestHandler = () => {
  throw new ServiceError('not_found', 'there is no such route', 404);
};

/** Records what a request failed with, whose it was and where, and answers with the id of that record. */
function answerFailure(monitor: Monitor): ErrorRequestHandler {
  return (error: Error & { status?: number; expose?: boolean }, request, response, next) => {
    if (response.headersSent) return next(error);
    // Express's own refusals, such as of a body that is no JSON, say so by `expose`
    const failure =
      error.expose === true
        ? new ServiceError('bad_request', error.message, error.status ?? 400)
        : toServiceError(error);
    const id = monitor.captureError(error, {
      severity: failure.status >= 500 ? 'error' : 'info',
      endpoint: request.path,
      method: request.method,
      ...(typeof request.headers['x-user-id'] === 'string' ? { userId: request.headers['x-user-id'] } : {}),
    });
    response.status(failure.status).json(failureBody(failure, id));
  };
}
