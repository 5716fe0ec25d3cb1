import { isIPv4 } from 'node:net';

/** Whether an address is this machine's own, in the form that sockets and URLs write it. */
export function isLoopbackAddress(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || (plain.startsWith('127.') && isIPv4(plain));
}

/** Whether a host to listen on, or of a Host header, is this machine and nothing else. */
export function isLoopbackHost(host: string): boolean {
  const plain = host.toLowerCase();
  return plain === 'localhost' || plain.endsWith('.localhost') || isLoopbackAddress(plain);
}

/** Without brackets, zone and the IPv6 form of an IPv4 address. */
export function plainAddress(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return bare.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
}
