import * as client from '@firstofficer/client';
import { validate } from '@firstofficer/client/validate';
import { tryAll } from '../behaviours.ts';

const baseUrl = new URL(import.meta.url).searchParams.get('api') ?? '';
const results = await tryAll({ client, validate, baseUrl, page: true });
await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
