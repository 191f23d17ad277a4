import { createRandom } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createStripeServer, type StripeObject } from '../src/index.ts';

const SEEDS = [1, 2, 3];
const START = 1_790_000_000;

test.for(SEEDS)('any page is that of a simple search through all objects (seed %i)', async (seed) => {
  const random = createRandom(seed);
  const create = (index: number): StripeObject => ({
    id: `ch_${index}`,
    object: 'charge',
    created: START + random(20),
    livemode: false,
    customer: `cus_${random(3)}`,
  });
  const objects = Array.from({ length: 40 }, (_, index) => create(index));
  const server = await createStripeServer(objects.slice(0, 20), { now: START });
  onTestFinished(() => server.close());
  const deleted = new Set<string>();
  for (const object of objects.slice(20)) server.put(object, { event: false });
  for (let count = 0; count < 6; count += 1) deleted.add(`ch_${random(40)}`);
  for (const id of deleted) server.delete(id, { event: false });

  // The order of Stripe: newest first, and of the same second, the last one that was added.
  const all = objects.toSorted(
    (a, b) => Number(b.created) - Number(a.created) || objects.indexOf(b) - objects.indexOf(a),
  );
  for (let count = 0; count < 60; count += 1) {
    const [from, to] = [START + random(20), START + random(20)];
    const limit = 1 + random(6);
    const cursor = `ch_${random(40)}`;
    const customer = `cus_${random(3)}`;
    const isBackward = random(2) === 0;
    const position = all.findIndex(({ id }) => id === cursor);
    const matches = all.filter(
      (object, index) =>
        Number(object.created) >= from &&
        Number(object.created) < to &&
        object.customer === customer &&
        !deleted.has(object.id) &&
        (isBackward ? index < position : index > position),
    );
    const expected = isBackward ? matches.slice(-limit) : matches.slice(0, limit);

    const query = new URLSearchParams({
      limit: `${limit}`,
      'created[gte]': `${from}`,
      'created[lt]': `${to}`,
      customer,
    });
    query.set(isBackward ? 'ending_before' : 'starting_after', cursor);
    const response = await fetch(`${server.url}/v1/charges?${query}`, {
      headers: { Authorization: 'Bearer rk_test_key' },
    });
    expect(await response.json(), `${query}`).toEqual({
      object: 'list',
      data: expected,
      has_more: matches.length > limit,
      url: '/v1/charges',
    });
  }
});
