import { createServer } from 'node:http';
import { listen } from '@firstofficer/common/listen';
import { readSettings } from './settings.ts';

// The fastest possible Node server for the same response: it sends bytes from memory and ignores the request.
const body = Buffer.from(readSettings().body);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
const server = createServer((_, response) => response.writeHead(200, headers).end(body));
console.log((await listen(server)).url);
