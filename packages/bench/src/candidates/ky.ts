import ky from 'ky';
import type { Connect } from '../candidates.ts';

export const connect: Connect = ({ baseUrl, token, fetch }) => {
  const api = ky.create({ baseUrl, fetch, headers: { Authorization: `Basic ${btoa(`${token}:`)}` } });
  return (identifier) => api(`/v2/customers/${encodeURIComponent(identifier)}`).json();
};
