import * as client from '@firstofficer/client';
import { retrieveMany } from '@firstofficer/client/retrieve-many';
import { validate } from '@firstofficer/client/validate';
import { runBehaviours } from '../behaviours.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const baseUrl = new URL(request.url).searchParams.get('api') ?? '';
    return Response.json(await runBehaviours({ client, validate, retrieveMany, baseUrl, isPage: false }));
  },
};
