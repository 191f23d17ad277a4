import * as client from '@firstofficer/client';
import { tryAll } from '../behaviours.ts';

const baseUrl = new URL(import.meta.url).searchParams.get('api') ?? '';
const results = await tryAll({ client, baseUrl, page: true });
await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
