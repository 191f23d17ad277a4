import { createClient } from '../../dist/hey-api/client/index.ts';
import { retrieveCustomer } from '../../dist/hey-api/sdk.gen.ts';
import type { Connect } from '../candidate.ts';

export const connect: Connect = ({ baseUrl, token, fetch }) => {
  const client = createClient({
    baseUrl,
    fetch,
    // Asked once for each form of the key; the first that is given is sent.
    auth: ({ scheme }) => (scheme === 'basic' ? `${token}:` : undefined),
    throwOnError: true,
  });
  return async (customer) => {
    const { data } = await retrieveCustomer({ client, path: { customer } });
    return data;
  };
};
