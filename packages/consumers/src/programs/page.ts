import * as client from '@firstofficer/client';
import { retrieveMany } from '@firstofficer/client/retrieve-many';
import { validate } from '@firstofficer/client/validate';
import { runBehaviours } from '../behaviours.ts';

const baseUrl = new URL(import.meta.url).searchParams.get('api') ?? '';
const results = await runBehaviours({ client, validate, retrieveMany, baseUrl, isPage: true });
await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
