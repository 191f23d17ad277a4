import { createClient } from '@firstofficer/client';

const token = Deno.env.get('FIRSTOFFICER_TOKEN') ?? '';
const client = Deno.createHttpClient({ http2: false });

createClient({ token, fetch });
createClient({ token, fetch: (url, init) => fetch(url, { ...init, client }) });
createClient({ token, fetch: async () => Response.json({ object: 'customer' }) });

const { customers } = createClient({ token });
const { response } = await customers.retrieve.withResponse('cus_1234ABCD');
console.log(response.status, response.headers.get('X-Request-Id'));
