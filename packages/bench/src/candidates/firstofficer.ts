import { createClient } from '@firstofficer/client';
import type { Connect } from '../candidates.ts';

export const connect: Connect = ({ baseUrl, token, fetch }) => {
  const { customers } = createClient({ baseUrl, token, fetch });
  return (identifier) => customers.retrieve(identifier);
};
