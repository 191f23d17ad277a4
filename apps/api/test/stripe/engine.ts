import type { Engine } from '../../src/stripe/compute.ts';

type Members = Readonly<Record<string, any>>;

/** A stub. */
export const engine: Engine = {
  readObject(value) {
    const object = value as Members;
    if (object.object === 'invoice' && !object.currency) throw new Error(`invoice ${object.id}: currency is missing.`);
    return object;
  },
  createCustomerData(facts) {
    const all = [...facts] as Members[];
    const owner = all.find(({ customer, object, id }) => customer ?? (object === 'customer' ? id : undefined));
    const id = owner?.customer ?? owner?.id;
    const known = new Set(all.filter(({ object }) => object === 'price').map((price) => price.id));
    for (const invoice of all.filter(({ object }) => object === 'invoice'))
      for (const { pricing } of invoice.lines.data)
        if (!known.has(pricing.price_details.price)) throw new Error(`price ${pricing.price_details.price} is missing`);
    return new Map(id ? [[id, all]] : []);
  },
  computeSnapshot(data, at) {
    const all = data as Members[];
    const lines = all
      .filter(({ object }) => object === 'invoice')
      .flatMap(({ lines: { data: list } }) => list as Members[]);
    const current = lines.filter(({ period }) => period.start <= at && at < period.end);
    const sum = (type: string, name: string) =>
      all
        .filter(({ object, created }) => object === type && created <= at)
        .reduce((total, one) => total + one[name], 0);
    const owner = all.find(({ customer, object, id }) => customer ?? (object === 'customer' ? id : undefined));
    return {
      stripe_id: owner?.customer ?? owner?.id,
      current_mrr: current.reduce((total, { amount }) => total + amount, 0),
      current_subscription_count: current.length,
      total_contract_value: sum('charge', 'amount') - sum('refund', 'amount'),
      currency: 'usd',
    };
  },
  findNextChange(data, at) {
    const ends = (data as Members[])
      .filter(({ object }) => object === 'invoice')
      .flatMap(({ lines: { data: list } }) => (list as Members[]).map(({ period }) => period.end))
      .filter((end) => end > at);
    return ends.length > 0 ? Math.min(...ends) : undefined;
  },
};
