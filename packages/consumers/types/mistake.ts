import { createClient } from '@firstofficer/client';

// Each export is a type error: the first in the types of the client, the second in the types of openapi-fetch.
const { customers, api } = createClient({ token: 'key' });

export const wrong: Promise<{ current_mrr: string }> = customers.retrieve('cus_1234ABCD');
export const nowhere: unknown = api.GET('/nowhere', {});
