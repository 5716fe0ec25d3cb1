import type { OtlpTarget } from '@otel-monitor/config';

/** Where and how one signal is sent by OTLP/HTTP; credentials in the address become a header. */
export type OtlpEndpoint = OtlpTarget;

/** The address for a log or a status page: no credentials, no query, no fragment. */
export function withoutCredentials(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'an invalid address';
  }
}

/** All headers of a request to the endpoint but those of the body's length and encoding. */
export function requestHeaders({ endpoint, protocol, headers }: OtlpEndpoint): Record<string, string> {
  const all: Record<string, string> = {
    'user-agent': 'otel-monitor',
    'content-type': protocol === 'http/protobuf' ? 'application/x-protobuf' : 'application/json',
  };
  const { username, password } = new URL(endpoint);
  if (username !== '' || password !== '') {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    all.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  return all;
}
