/**
 * Attributes of the semantic conventions, and our own, that pass in allow-list mode without being listed: without them no
 * span, record or series can be told from another. They say what was done, where and how it ended, not by whom or with
 * what. Their values still go through the rules. `prefix*` stands for all that begin so.
 */
export const STRUCTURAL_ATTRIBUTES: readonly string[] = [
  'monitor.*',
  'error.type',
  'exception.type',
  // free text, for which the rules are
  'exception.message',
  'exception.stacktrace',
  'otel.*',
  'telemetry.*',
  'service.*',
  'deployment.environment.name',
  'host.name',
  'host.arch',
  'host.id',
  'os.*',
  'process.pid',
  'process.runtime.*',
  'process.executable.name',
  'container.id',
  'k8s.*',
  'cloud.*',
  'faas.name',
  'faas.trigger',
  'session.id',
  'user.hash',
  'http.request.method',
  'http.request.body.size',
  'http.request.resend_count',
  'http.response.status_code',
  'http.response.body.size',
  'http.route',
  'url.scheme',
  'url.template',
  'server.address',
  'server.port',
  'network.protocol.*',
  'network.transport',
  'network.type',
  'db.system.name',
  'db.system',
  'db.operation.name',
  'db.collection.name',
  'db.response.status_code',
  'messaging.system',
  'messaging.operation.*',
  'messaging.destination.name',
  'messaging.destination.template',
  'messaging.batch.message_count',
  'rpc.system',
  'rpc.service',
  'rpc.method',
  'rpc.response.status_code',
  'rpc.grpc.status_code',
  'feature_flag.key',
  'feature_flag.provider.name',
  'feature_flag.result.*',
  'code.function.name',
  'code.file.path',
  'code.line.number',
  'cpu.mode',
  'system.*',
  'nodejs.*',
  'v8js.*',
];

/** True for a name that is structural, or on the list: exact names and `prefix*`. */
export function isAllowed(key: string, listed: readonly string[]): boolean {
  return isAmong(key, STRUCTURAL_ATTRIBUTES) || isAmong(key, listed);
}

/** True for a name among exact names and prefixes that end with `*`. */
export function isAmong(key: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? key.startsWith(name.slice(0, -1)) : key === name));
}
