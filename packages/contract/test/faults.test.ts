import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { contract } from './contract-command.ts';
import { type Fault, faultyServer } from './faulty-server.ts';
import { localServer } from './local-server.ts';

const RIGHT_KEY = `Token token="${DEFAULT_TOKEN}"`;

const against = (url: string) => ['--url', url, '--token', DEFAULT_TOKEN];

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly credentials?: string;
  readonly finding: string;
}

/** Changes the ID from answer to answer. */
function anotherEachTime(): Fault {
  let id = 0;
  return ({ body }) => {
    id += 1;
    return { body: body.replace(/"id":\d+/, `"id":${id}`) };
  };
}

// Tests that run side by side must clean up through their own context: the global hook knows only one test at a time.
describe.concurrent('a broken contract is found, reported without the key, and exits with 1', () => {
  test.for<Case>([
    {
      name: 'a member of the wrong type',
      fault: ({ body }) => ({ body: body.replace('69900', '"69900"') }),
      finding: 'body/current_mrr must be integer',
    },
    { name: 'an undocumented status', fault: () => ({ status: 418 }), finding: 'status 418 is not documented' },
    {
      name: 'no challenge',
      fault: () => ({ headers: { 'content-type': 'application/json' } }),
      finding: 'header WWW-Authenticate is missing',
    },
    {
      name: 'a header that echoes the key',
      fault: (_, authorization) => ({ headers: { 'content-type': authorization } }),
      finding: 'content type is Token token="$FIRSTOFFICER_TOKEN"',
    },
    {
      name: 'a key that is checked too late',
      fault: ({ status }, authorization) => (status === 401 && !authorization ? { status: 404 } : {}),
      finding: 'asked for unknown_customer',
    },
    { name: 'any key accepted', fault: () => ({}), credentials: RIGHT_KEY, finding: 'a wrong key is refused' },
    {
      name: 'one form of the key refused',
      fault: (_, authorization) => (authorization.startsWith('Token') ? { status: 404 } : {}),
      finding: 'the right key is accepted as tokenAuth',
    },
    {
      name: 'a lost customer with MRR',
      fault: ({ body }) => ({ body: body.replace('"current_mrr":0', '"current_mrr":9') }),
      finding: 'current_subscription_count is 0, but current_mrr is not',
    },
    {
      name: 'an example that is answered otherwise',
      fault: ({ body }) => ({ body: body.replace('58800', '58801') }),
      finding: "what is not as in the example: expected [ 'body/total_contract_value' ]",
    },
    {
      name: 'another customer by another identifier',
      fault: anotherEachTime(),
      finding: "it answers another customer or snapshot: expected [ 'body/id' ]",
    },
  ])('$name', async ({ fault, credentials, finding }, context) => {
    const { code, output, errors } = await contract(against(await faultyServer(context, fault, credentials)));

    expect(code).toBe(1);
    expect(errors).toContain(finding);
    expect(output).toMatch(/Contract broken: \d+ of \d+ checks of http:.* failed\.\n$/);
    expect(output + errors).not.toContain(DEFAULT_TOKEN);
    expect(output + errors).not.toContain(btoa(DEFAULT_TOKEN).slice(0, 12));
  });

  test('a customer that the target does not have, whose identifier is personal data', async () => {
    const { code, output, errors } = await contract(['--customer', 'jane@example.com']);

    expect(code).toBe(1);
    expect(errors).toContain('is retrieved by --customer');
    expect(output + errors).not.toContain('jane');
  });

  test('a server that goes away', async (context) => {
    let requests = 0;
    const url = await localServer(context, (_, response) => {
      requests += 1;
      if (requests === 1) response.end();
      else response.destroy();
    });
    const { code, errors } = await contract(against(url));

    expect(code).toBe(1);
    expect(errors).toContain('GET /v2/customers/{customer} has no response: UND_ERR_SOCKET');
  });
});
