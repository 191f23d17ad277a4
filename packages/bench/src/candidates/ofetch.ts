import { ofetch } from 'ofetch';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const api = ofetch.create({ baseURL: baseUrl, headers: { Authorization: `Basic ${btoa(`${token}:`)}` } }, { fetch });
  return (identifier) => api(`/v2/customers/${encodeURIComponent(identifier)}`);
};
