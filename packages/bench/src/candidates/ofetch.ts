import { ofetch } from 'ofetch';
import type { Connect } from '../candidates.ts';

export const connect: Connect = ({ baseUrl, token, fetch }) => {
  const api = ofetch.create({ baseURL: baseUrl, headers: { Authorization: `Basic ${btoa(`${token}:`)}` } }, { fetch });
  return (identifier) => api(`/v2/customers/${encodeURIComponent(identifier)}`);
};
