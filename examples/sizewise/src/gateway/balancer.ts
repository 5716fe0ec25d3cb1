/** One of several servers that do the same. */
export interface BalancedNode {
  readonly name: string;
  readonly url: string;
}

interface NodeState {
  readonly node: BalancedNode;
  requests: number;
  failures: number;
  /** Since the last success. */
  rests: number;
  /** Passed over until then, in the clock's milliseconds; 0 when it is well. */
  restsUntil: number;
}

const FIRST_REST_MILLIS = 500;
const LONGEST_REST_MILLIS = 10_000;

/**
 * Gives nodes in turn, and passes over those that failed: for half a second after the first failure, twice as long after
 * each rest that brought no success, 10 s at most. One success makes it well. When all rest, the one whose rest ends first
 * is tried: an answer that fails is better than none.
 */
export class RoundRobinBalancer {
  readonly #states: NodeState[];
  #turn = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(
    nodes: readonly BalancedNode[],
    private readonly now: () => number = () => performance.now(),
  ) {
    if (nodes.length === 0) throw new Error('a balancer needs a node');
    this.#states = nodes.map((node) => ({ node, requests: 0, failures: 0, rests: 0, restsUntil: 0 }));
  }

  get nodes(): readonly BalancedNode[] {
    return this.#states.map(({ node }) => node);
  }

  /**
   * The next node.
   *
   * @param tried nodes that this request has been to; undefined comes back when there is no other
   */
  next(tried: readonly BalancedNode[] = []): BalancedNode | undefined {
    const open = this.#inTurn().filter(({ node }) => !tried.includes(node));
    if (open.length === 0) return undefined;
    const now = this.now();
    const chosen = open.find(({ restsUntil }) => restsUntil <= now) ?? open.reduce(restsLess);
    this.#turn = (this.#states.indexOf(chosen) + 1) % this.#states.length;
    chosen.requests += 1;
    return chosen.node;
  }

  succeeded(node: BalancedNode): void {
    const state = this.#stateOf(node);
    state.rests = 0;
    state.restsUntil = 0;
  }

  failed(node: BalancedNode): void {
    const state = this.#stateOf(node);
    state.failures += 1;
    // requests that were under way together fail together: that is one failure
    if (state.restsUntil > this.now()) return;
    const rest = Math.min(LONGEST_REST_MILLIS, FIRST_REST_MILLIS * 2 ** state.rests);
    state.rests += 1;
    state.restsUntil = this.now() + rest;
  }

  /** For a collector: numbers by name. */
  figures(): Record<string, number> {
    const now = this.now();
    const figures: Record<string, number> = { nodes: this.#states.length };
    figures.nodes_resting = this.#states.filter(({ restsUntil }) => restsUntil > now).length;
    for (const { node, requests, failures } of this.#states) {
      const name = node.name.replaceAll('-', '_');
      figures[`${name}_requests`] = requests;
      figures[`${name}_failures`] = failures;
    }
    return figures;
  }

  #inTurn(): NodeState[] {
    return [...this.#states.slice(this.#turn), ...this.#states.slice(0, this.#turn)];
  }

  #stateOf(node: BalancedNode): NodeState {
    const state = this.#states.find((each) => each.node === node);
    if (state === undefined) throw new Error(`${node.name} is no node of this balancer`);
    return state;
  }
}

function restsLess(a: NodeState, b: NodeState): NodeState {
  return b.restsUntil < a.restsUntil ? b : a;
}
