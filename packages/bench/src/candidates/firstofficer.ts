import { createClient } from '@firstofficer/client';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const { customers } = createClient({ baseUrl, token, fetch });
  return (identifier) => customers.retrieve(identifier);
};
