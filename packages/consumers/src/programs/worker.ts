import * as client from '@firstofficer/client';
import { tryAll } from '../behaviours.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const baseUrl = new URL(request.url).searchParams.get('api') ?? '';
    return Response.json(await tryAll({ client, baseUrl, page: false }));
  },
};
