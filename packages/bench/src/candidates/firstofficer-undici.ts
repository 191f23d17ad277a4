import { createClient } from '@firstofficer/client';
import { createFetch } from '@firstofficer/client/undici';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token }) => {
  const { customers } = createClient({ baseUrl, token, fetch: createFetch() });
  return (identifier) => customers.retrieve(identifier);
};
