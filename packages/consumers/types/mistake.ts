import { createClient } from '@firstofficer/client';

// Each export is a type error: one in the types of the client, one in those of openapi-fetch.
const { customers, api } = createClient({ token: 'key' });

export const wrong: Promise<{ current_mrr: string }> = customers.retrieve('cus_1234ABCD');
export const nowhere: unknown = api.GET('/nowhere', {});
