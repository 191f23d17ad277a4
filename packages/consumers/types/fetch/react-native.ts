import { createClient } from '@firstofficer/client';
import { fetch as expoFetch } from 'expo/fetch';

const token = 'SecretKey';

createClient({ token, fetch });
createClient({ token, fetch: (url, init) => fetch(url, init) });
createClient({ token, fetch: expoFetch });
createClient({ token, fetch: (url, init) => expoFetch(url, { ...init, credentials: 'omit' }) });
