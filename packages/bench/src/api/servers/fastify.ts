import Fastify from 'fastify';
import { openLog } from './log.ts';
import { openLookUp } from './look-up.ts';

const { authenticate, findCustomer } = openLookUp();
const app = Fastify({ logger: { stream: openLog() } });

app.get<{ Params: { customer: string } }>('/v2/customers/:customer', async (request, reply) => {
  const account = await authenticate(request.headers.authorization);
  if (account === undefined) return reply.code(401).send({ error: { message: 'Invalid API key.' } });
  const customer = await findCustomer(account, request.params.customer);
  if (!customer) return reply.code(404).send({ error: { message: 'No such customer.' } });
  return customer;
});

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
