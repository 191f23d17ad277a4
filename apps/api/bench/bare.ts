import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The fastest possible Node server for the same response: it sends bytes from memory and ignores the request.
const body = Buffer.from(process.argv[2] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
const server = createServer((_, response) => response.writeHead(200, headers).end(body));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
