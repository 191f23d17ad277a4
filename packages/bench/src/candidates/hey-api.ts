import { createClient } from '../../dist/hey-api/client/index.ts';
import { retrieveCustomer } from '../../dist/hey-api/sdk.gen.ts';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const client = createClient({
    baseUrl,
    fetch,
    // Called once for each security scheme. The client sends the first key that is returned.
    auth: ({ scheme }) => (scheme === 'basic' ? `${token}:` : undefined),
    throwOnError: true,
  });
  return async (customer) => {
    const { data } = await retrieveCustomer({ client, path: { customer } });
    return data;
  };
};
