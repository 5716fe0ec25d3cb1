export interface Item {
  readonly name: string;
  readonly price: { readonly cents: number } | undefined;
}

export class Cart {
  readonly items: Item[] = [];

  add(item: Item): this {
    this.items.push(item);
    return this;
  }

  total(): number {
    let cents = 0;
    for (const item of this.items) cents += (item.price as { cents: number }).cents;
    return cents;
  }

  get cheapest(): Item {
    const [first] = [...this.items].sort((a, b) => priceOf(a) - priceOf(b));
    if (first === undefined) throw new RangeError('an empty cart has no cheapest item');
    return first;
  }

  prices(): number[] {
    return this.items.map((item) => (item.price as { cents: number }).cents);
  }
}

function priceOf(item: Item): number {
  return item.price?.cents ?? 0;
}
