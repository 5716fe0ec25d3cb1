import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type BalancedNode, RoundRobinBalancer } from '../../src/gateway/balancer.js';

const nodes = ['a', 'b', 'c'].map((name) => ({ name, url: `http://${name}` }));
const [a, b, c] = nodes as [BalancedNode, BalancedNode, BalancedNode];

describe('the balancer', () => {
  let now = 0;
  let balancer: RoundRobinBalancer;
  const names = (count: number) => Array.from({ length: count }, () => balancer.next()?.name).join('');

  beforeEach(() => {
    now = 1_000;
    balancer = new RoundRobinBalancer(nodes, () => now);
  });

  it('gives nodes in turn', () => {
    expect(names(7)).toBe('abcabca');
  });

  it('passes over a node that failed, and gives it a turn again when its rest is over', () => {
    balancer.failed(b);
    expect(names(4)).toBe('acac');
    now += 499;
    expect(names(2)).toBe('ac');
    now += 1;
    expect(names(3)).toBe('abc');
  });

  it('lets a node rest twice as long after each rest without a success, ten seconds at most', () => {
    const rests = Array.from({ length: 7 }, () => {
      balancer.failed(a);
      let rest = 0;
      for (; balancer.figures().nodes_resting === 1; now += 100) rest += 100;
      return rest;
    });
    expect(rests).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    balancer.succeeded(a);
    balancer.failed(a);
    now += 500;
    expect(balancer.figures().nodes_resting).toBe(0);
  });

  it('takes failures of requests that were under way together for one', () => {
    for (let index = 0; index < 20; index += 1) balancer.failed(a);
    now += 500;
    expect(balancer.figures().nodes_resting).toBe(0);
    expect(balancer.figures().a_failures).toBe(20);
  });

  it('is told of a node that is well again', () => {
    balancer.failed(a);
    balancer.succeeded(a);
    expect(names(3)).toBe('abc');
  });

  it('tries the node whose rest ends first when all of them rest', () => {
    balancer.failed(c);
    now += 100;
    balancer.failed(a);
    balancer.failed(b);
    expect(balancer.next()).toBe(c);
  });

  it('gives a request no node twice, and none when it has been to all', () => {
    expect(balancer.next([a, b])).toBe(c);
    expect(balancer.next([a, b, c])).toBeUndefined();
  });

  it('counts requests and failures by node, for a collector', () => {
    names(4);
    balancer.failed(b);
    expect(balancer.figures()).toEqual({
      nodes: 3,
      nodes_resting: 1,
      a_requests: 2,
      a_failures: 0,
      b_requests: 1,
      b_failures: 1,
      c_requests: 1,
      c_failures: 0,
    });
  });

  it('shares requests evenly among the nodes that are well, whatever failed before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 2), { maxLength: 20 }), (failures) => {
        const one = new RoundRobinBalancer(nodes, () => 0);
        for (const index of failures) one.failed(nodes[index]!);
        const well = nodes.filter((_, index) => !failures.some((failure) => failure === index));
        // all of them rest equally long then: none is better than another
        const expected = well.length > 0 ? well : nodes;
        const given = Array.from({ length: 60 }, () => one.next()!);
        const counts = nodes.map((node) => given.filter((each) => each === node).length);
        expect(counts).toEqual(nodes.map((node) => (expected.includes(node) ? 60 / expected.length : 0)));
      }),
    );
  });

  it('is none without a node', () => {
    expect(() => new RoundRobinBalancer([])).toThrow('a balancer needs a node');
  });
});
