import { expect, test } from 'vitest';
import { readCustomersFile } from '../../src/cli/customers-file.ts';
import { temporaryFile } from '../temporary-file.ts';

const MEMBERS = {
  id: { type: 'integer' },
  stripe_id: { type: 'string' },
  extra_id: { type: ['string', 'null'] },
  current_mrr: { type: 'integer', maximum: 1000 },
};

test('reads identifiers and expected members; the email address is only an identifier', async (context) => {
  const file = await temporaryFile(
    context,
    '[{ "email": "a@b.c", "id": 7, "extra_id": null, "current_mrr": 10 }, { "stripe_id": "cus_1" }]',
  );

  expect(await readCustomersFile(file, MEMBERS)).toEqual([
    {
      identifiers: [
        { label: 'id', value: '7' },
        { label: 'email', value: 'a@b.c' },
      ],
      expected: { id: 7, current_mrr: 10 },
    },
    { identifiers: [{ label: 'stripe_id', value: 'cus_1' }], expected: { stripe_id: 'cus_1' } },
  ]);
});

test.for([
  ['[{"email":"jane@example.com"', 'is not JSON at position 28'],
  ['{}', 'must be a list'],
  ['[]', 'must be a list'],
  ['["cus_1"]', 'customer 1 must be an object'],
  ['[{"id":1},{}]', 'customer 2 needs at least one of stripe_id, id, extra_id, email'],
  ['[{"extra_id":null}]', 'needs at least one of'],
  ['[{"id":"1"}]', '"id" must be integer'],
  ['[{"id":1,"current_mrr":1001}]', '"current_mrr" must be <= 1000'],
  ['[{"email":""}]', '"email" is empty'],
  ['[{"extra_id":".."}]', '"extra_id" is ".."'],
  ['[{"stripe_id":7}]', '"stripe_id" must be string'],
  ['[{"stripeId":"cus_1"}]', 'unknown member "stripeId". Known: stripe_id, id, extra_id, email, current_mrr'],
] as const)('%s is refused: %s', async ([content, message], context) => {
  await expect(readCustomersFile(await temporaryFile(context, content), MEMBERS)).rejects.toThrow(message);
});

test('names a missing file', async () => {
  await expect(readCustomersFile('no-such.json', MEMBERS)).rejects.toThrow(
    '--customers: cannot read "no-such.json" (ENOENT).',
  );
});

test('ignores a byte order mark', async (context) => {
  expect(await readCustomersFile(await temporaryFile(context, '\ufeff[{"id":7}]'), MEMBERS)).toHaveLength(1);
});
