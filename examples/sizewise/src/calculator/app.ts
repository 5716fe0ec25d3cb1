import { monitorFastify } from '@otel-monitor/http/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { failureBody, ServiceError, toServiceError } from '../service/service-error.js';
import { calculateRoomLoads } from './calculate-room-loads.js';
import {
  type DuctDesignInput,
  ductDesignSchema,
  type PressureLossInput,
  pressureLossSchema,
  type RoomLoadInput,
  roomLoadSchema,
} from './calculation-input.js';
import { checkPressureLoss } from './check-pressure-loss.js';
import { type Colleagues, designDucts } from './design-ducts.js';

/** The calculations over HTTP. The operation `calculation` is around each, with its kind as a dimension. */
export function calculatorApp(colleagues: Colleagues): FastifyInstance {
  const { monitor, catalogue } = colleagues;
  const app = Fastify({ bodyLimit: 1_000_000 });
  app.register(monitorFastify);
  const calculation = <T>(kind: string, work: () => T | Promise<T>) =>
    monitor.operation('calculation', { dimensions: { calculation: kind } }, async () => work());

  app.get('/readyz', () => ({ status: 'ready' }));
  app.post<{ Body: RoomLoadInput }>('/calculations/room_load', { schema: { body: roomLoadSchema } }, ({ body }) =>
    calculation('room_load', () => ({ rooms: calculateRoomLoads(monitor, body) })),
  );
  app.post<{ Body: DuctDesignInput }>('/calculations/duct_design', { schema: { body: ductDesignSchema } }, ({ body }) =>
    calculation('duct_design', () => designDucts(colleagues, body)),
  );
  app.post<{ Body: PressureLossInput }>(
    '/calculations/pressure_loss',
    { schema: { body: pressureLossSchema } },
    ({ body }) => calculation('pressure_loss', () => checkPressureLoss(catalogue, body)),
  );

  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, _request, reply) => {
    const refused = error.statusCode !== undefined && error.statusCode < 500;
    const code = error.validation === undefined ? 'bad_request' : 'invalid_input';
    const failure = refused ? new ServiceError(code, error.message, error.statusCode ?? 400) : toServiceError(error);
    return reply.status(failure.status).send(failureBody(failure));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ error: { code: 'not_found', message: 'there is no such route' } }),
  );
  return app;
}
