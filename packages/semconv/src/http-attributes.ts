/** Attribute names of HTTP requests (semantic conventions, HTTP, stable). */
export const ATTR_HTTP_REQUEST_METHOD = 'http.request.method';
/** On spans only: the method as it came, where it is none of the known ones. */
export const ATTR_HTTP_REQUEST_METHOD_ORIGINAL = 'http.request.method_original';
/** On spans only: how often the request was sent before, redirects included. */
export const ATTR_HTTP_REQUEST_RESEND_COUNT = 'http.request.resend_count';
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';
/** The template that the path was matched by, as in `/users/:id`; never the path. */
export const ATTR_HTTP_ROUTE = 'http.route';
export const ATTR_NETWORK_PROTOCOL_VERSION = 'network.protocol.version';
export const ATTR_SERVER_ADDRESS = 'server.address';
export const ATTR_SERVER_PORT = 'server.port';
export const ATTR_URL_SCHEME = 'url.scheme';
/** On spans only: unbounded. */
export const ATTR_URL_FULL = 'url.full';
/** On spans only: unbounded. */
export const ATTR_URL_PATH = 'url.path';
/** On spans only: unbounded. */
export const ATTR_URL_QUERY = 'url.query';
/** On spans only. */
export const ATTR_CLIENT_ADDRESS = 'client.address';
/** On spans only. */
export const ATTR_NETWORK_PEER_ADDRESS = 'network.peer.address';
/** On spans only. */
export const ATTR_NETWORK_PEER_PORT = 'network.peer.port';
/** On spans only. */
export const ATTR_USER_AGENT_ORIGINAL = 'user_agent.original';

/** `http.request.method` where it is none of the known ones. */
export const HTTP_METHOD_OTHER = '_OTHER';
