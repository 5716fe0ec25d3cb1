import { ATTR_ERROR_TYPE } from './attributes.js';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_SCHEME,
} from './http-attributes.js';
import { BYTES_BOUNDARIES, type MetricDefinition, SECONDS_BOUNDARIES } from './metric-definition.js';

const SERVER = [
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_URL_SCHEME,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_HTTP_ROUTE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_ERROR_TYPE,
];
const CLIENT = [
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_SCHEME,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_ERROR_TYPE,
];

const duration = (name: string, description: string, attributes: readonly string[]): MetricDefinition => ({
  name,
  kind: 'histogram',
  unit: 's',
  description,
  attributes,
  boundaries: SECONDS_BOUNDARIES,
});

const bodySize = (name: string, description: string, attributes: readonly string[]): MetricDefinition => ({
  name,
  kind: 'histogram',
  unit: 'By',
  description,
  attributes,
  boundaries: BYTES_BOUNDARIES,
});

export const HTTP_SERVER_REQUEST_DURATION: MetricDefinition = duration(
  'http.server.request.duration',
  'Duration of HTTP server requests.',
  SERVER,
);

export const HTTP_SERVER_ACTIVE_REQUESTS: MetricDefinition = {
  name: 'http.server.active_requests',
  kind: 'up_down_counter',
  unit: '{request}',
  description: 'Number of active HTTP server requests.',
  attributes: [ATTR_HTTP_REQUEST_METHOD, ATTR_URL_SCHEME],
};

export const HTTP_SERVER_REQUEST_BODY_SIZE: MetricDefinition = bodySize(
  'http.server.request.body.size',
  'Size of HTTP server request bodies.',
  SERVER,
);

export const HTTP_SERVER_RESPONSE_BODY_SIZE: MetricDefinition = bodySize(
  'http.server.response.body.size',
  'Size of HTTP server response bodies.',
  SERVER,
);

export const HTTP_CLIENT_REQUEST_DURATION: MetricDefinition = duration(
  'http.client.request.duration',
  'Duration of HTTP client requests.',
  CLIENT,
);

export const HTTP_CLIENT_REQUEST_BODY_SIZE: MetricDefinition = bodySize(
  'http.client.request.body.size',
  'Size of HTTP client request bodies.',
  CLIENT,
);

export const HTTP_CLIENT_RESPONSE_BODY_SIZE: MetricDefinition = bodySize(
  'http.client.response.body.size',
  'Size of HTTP client response bodies.',
  CLIENT,
);
