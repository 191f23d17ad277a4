import type { paths } from '@firstofficer/client';
import createClient from 'openapi-fetch';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const api = createClient<paths>({ baseUrl, fetch, headers: { Authorization: `Basic ${btoa(`${token}:`)}` } });
  return async (customer) => {
    const { data, response } = await api.GET('/v2/customers/{customer}', { params: { path: { customer } } });
    if (!data) throw new Error(`HTTP status ${response.status}`);
    return data;
  };
};
