import { createClient } from '@firstofficer/client';

interface Env {
  readonly FIRSTOFFICER_TOKEN: string;
  /** A service binding. */
  readonly PROXY: Fetcher;
}

export default {
  async fetch(_request: Request, { FIRSTOFFICER_TOKEN: token, PROXY }: Env): Promise<Response> {
    createClient({ token, fetch });
    createClient({ token, fetch: (url, init) => PROXY.fetch(url, init) });
    createClient({ token, fetch: async () => Response.json({ object: 'customer' }) });
    const cached = createClient({ token, fetch: (url, init) => fetch(url, { ...init, cf: { cacheTtl: 60 } }) });
    const { data, response } = await cached.customers.retrieve.withResponse('cus_1234ABCD');
    return Response.json({ mrr: data.current_mrr, age: response.headers.get('Age') });
  },
} satisfies ExportedHandler<Env>;
