import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { openLog } from './log.ts';
import { openLookUp } from './look-up.ts';

const { authenticate, findCustomer } = openLookUp();
const app = express();

app.use(pinoHttp({ logger: pino(openLog()) }));
app.get('/v2/customers/:customer', async (request, response) => {
  const account = await authenticate(request.headers.authorization);
  if (account === undefined) {
    response.status(401).json({ error: { message: 'Invalid API key.' } });
    return;
  }
  const customer = await findCustomer(account, request.params.customer);
  if (customer) response.json(customer);
  else response.status(404).json({ error: { message: 'No such customer.' } });
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
