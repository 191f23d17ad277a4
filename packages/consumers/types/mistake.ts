import { createClient } from '@firstofficer/client';

// Whatever finds nothing wrong here has not understood the types: those of the client, and those of openapi-fetch.
const { customers, api } = createClient({ token: 'key' });

export const wrong: Promise<{ current_mrr: string }> = customers.retrieve('cus_1234ABCD');
export const nowhere: unknown = api.GET('/nowhere', {});
