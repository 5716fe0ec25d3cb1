import { describe, expect, it } from 'vitest';
import { parseInterfaces } from '../../src/proc/interfaces.js';

const heading = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

describe('network interfaces of /proc/net/dev', () => {
  it('reads bytes received and transmitted, but not of loopback, of container ends, or of what carried nothing', () => {
    const text = `${heading}    lo: 8643760    1810    0    0    0     0          0         0  8643760    1810    0    0    0     0       0          0
  ifb0:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
veth12ab: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0
  eth0: 866352515   41067    0    0    0     0          0         0  3304035   30026    0    0    0     0       0          0
`;
    expect(parseInterfaces(text)).toEqual([{ name: 'eth0', received: 866352515, transmitted: 3304035 }]);
  });

  it('reads old kernels, which leave no blank behind the colon, and aliases', () => {
    const counters = '0 0 0 0 0 0 0';
    expect(
      parseInterfaces(`${heading}  eth0:866352515 ${counters} 77 ${counters}\neth0:1:12 ${counters} 13 ${counters}\n`),
    ).toEqual([
      { name: 'eth0', received: 866352515, transmitted: 77 },
      { name: 'eth0:1', received: 12, transmitted: 13 },
    ]);
  });

  it.each([
    '',
    heading,
    `${heading}eth0: 1 2 3\n`,
    `${heading}eth0: ${'x '.repeat(16)}\n`,
    ':::\n',
    `${heading}eth0: 5 1 0 0`,
  ])('gives nothing for %j', (text) => {
    expect(parseInterfaces(text)).toEqual([]);
  });

  it('reads no more than sixty-four', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `eth${i}: ${'1 '.repeat(16)}\n`).join('');
    expect(parseInterfaces(text)).toHaveLength(64);
  });
});
